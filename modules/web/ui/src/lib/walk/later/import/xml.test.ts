import { describe, expect, it } from 'vitest';

import { attributesOf, XmlTags, type Tag } from './xml';

/** Reads a text in pieces of every length in turn; what was heard must not depend on it. */
function heard(text: string, length = text.length): string[] {
  const said: string[] = [];
  const tags = new XmlTags({
    start: ({ name, attributes }) => said.push(`<${name}${attributes.trimEnd()}`),
    end: (name) => said.push(`/${name}`)
  });
  for (let at = 0; at < text.length; at += length) tags.push(text.slice(at, at + length));
  return said;
}

const doctype = `<?xml version="1.0"?>
<!DOCTYPE a [
<!-- It's "odd": ]> <Record type="no"/> -->
<!ENTITY lol "lol"> <!ENTITY lol2 "&lol;&lol;"> <!ENTITY file SYSTEM "file:///etc/passwd">
<!ATTLIST a b CDATA #IMPLIED>
] >`;

describe('the tags of an XML text', () => {
  const text = `${doctype}<a><!-- <no/> --><b c="1 > 0" d='"'/><![CDATA[<no/>]]></a><?pi <no/> ?>`;
  const wanted = ['<a', `<b c="1 > 0" d='"'`, '/b', '/a'];

  it('are those outside of comments, CDATA, instructions and the document type', () => {
    expect(heard(text)).toEqual(wanted);
  });
  it('are the same however the text comes in pieces', () => {
    for (let length = 1; length < 40; length++) expect(heard(text, length)).toEqual(wanted);
  });
  it('go on behind one that is too long, which is gone past', () => {
    const long = `<a><b c="${'>'.repeat(300_000)}" d='"'/><e/></a>`;
    for (const length of [1_000, 65_536, long.length]) {
      const said = heard(long, length);
      expect(said.at(0)).toBe('<a');
      expect(said.slice(-3)).toEqual(['<e', '/e', '/a']);
      expect(said.every((each) => each.length < 100)).toBe(true);
    }
  });
  it('do not keep what has no end', () => {
    for (const begun of ['<!-- ', '<a b="', '<![CDATA[', '<!DOCTYPE a [', '<? ', 'text ', '<']) {
      const said: string[] = [];
      const tags = new XmlTags({ start: ({ name }) => said.push(name), end: () => {} });
      tags.push(begun);
      for (let i = 0; i < 2_000; i++) tags.push('x'.repeat(10_000));
      expect(JSON.stringify(said).length).toBeLessThan(100);
    }
  });
  it('are read in a time that grows no faster than the text', () => {
    const began = performance.now();
    heard(`<a ${'b="c" '.repeat(200_000)}>`.repeat(2) + '<'.repeat(200_000) + '"'.repeat(200_000), 4_096);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('attributes', () => {
  const tag = (attributes: string): Tag => ({ name: 'a', attributes });
  it('are those asked for, with what every XML text can say', () => {
    expect(attributesOf(tag(` b="1" c = '2' d="3"`), ['b', 'c'])).toEqual({ b: '1', c: '2' });
    expect(attributesOf(tag(' b="&lt;&amp;&#44032;&#xAC01;&quot;"'), ['b'])).toEqual({ b: '<&가각"' });
  });
  it('know no other entity', () => {
    expect(attributesOf(tag(' b="&lol2;&#x110000;&"'), ['b'])).toEqual({ b: '&lol2;&#x110000;&' });
    expect(attributesOf(tag(' __proto__="1" constructor="2"'), ['b'])).toEqual({});
  });
});
