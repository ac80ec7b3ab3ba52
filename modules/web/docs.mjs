// A readable page of an OpenAPI 3.1 document: static HTML that needs no script.

const escape = (text) =>
  String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
/** A description: escaped, with `code`. */
const prose = (text) => (text ? `<p>${escape(text).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>` : '');
const nameOf = (reference) => reference.slice(reference.lastIndexOf('/') + 1);

/** A schema as one would write the type, with links to those that have a name. */
function type(schema, indent = '') {
  if (schema.$ref) return `<a href="#${nameOf(schema.$ref)}">${nameOf(schema.$ref)}</a>`;
  for (const word of ['allOf', 'oneOf', 'anyOf']) {
    if (schema[word]) return schema[word].map((each) => type(each, indent)).join(word === 'allOf' ? ' &amp; ' : ' | ');
  }
  if (schema.enum) return schema.enum.map((value) => escape(JSON.stringify(value))).join(' | ');
  if (schema.const !== undefined) return escape(JSON.stringify(schema.const));
  if (schema.type === 'array') return `${type(schema.items, indent)}[]`;
  if (schema.properties) {
    const inner = `${indent}  `;
    const lines = Object.entries(schema.properties).map(([name, each]) => {
      const needed = schema.required?.includes(name) ? '' : '?';
      const said = each.description ? `  <span class="soft">// ${escape(each.description)}</span>` : '';
      return `${inner}${escape(name)}${needed}: ${type(each, inner)}${said}`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  const plain = [schema.type ?? 'anything'].flat().join(' | ');
  const bounds = [
    schema.format,
    schema.minimum !== undefined ? `≥ ${schema.minimum}` : null,
    schema.maximum !== undefined ? `≤ ${schema.maximum}` : null,
    schema.default !== undefined ? `default ${schema.default}` : null
  ].filter(Boolean);
  return escape(plain) + (bounds.length ? ` <span class="soft">(${escape(bounds.join(', '))})</span>` : '');
}

/** Success answers differ in `data` alone; the envelope is explained once. */
function answerType(schema) {
  const enveloped = schema.properties?.resultCode && schema.properties.data;
  return enveloped ? `data: ${type(schema.properties.data)}` : type(schema);
}

function contents(content, show) {
  return Object.entries(content ?? {})
    .map(([media, { schema }]) => `<code class="type"><span class="soft">${escape(media)}</span> ${show(schema)}</code>`)
    .join('');
}

function operation(document, path, method, described) {
  const session = described.security ?? document.security;
  const parameters = (described.parameters ?? []).map(
    (each) =>
      `<dt><code>${escape(each.name)}</code> <span class="soft">${each.in}${each.required ? '' : ', optional'}</span></dt>` +
      `<dd><code>${type(each.schema)}</code>${prose(each.description)}</dd>`
  );
  const answers = Object.entries(described.responses).map(([status, reference]) => {
    const answer = reference.$ref ? document.components.responses[nameOf(reference.$ref)] : reference;
    const content = reference.$ref ? '' : contents(answer.content, answerType);
    return `<dt><code>${status}</code></dt><dd>${prose(answer.description)}${content}</dd>`;
  });
  return `<article id="${escape(described.operationId)}">
<h3><span class="method">${method}</span><code>${escape(path)}</code></h3>
<p>${escape(described.summary)}</p>${prose(described.description)}
<p class="soft">${session.length ? `Needs ${session.map((each) => Object.keys(each).join(' and ')).join(' or ')}.` : 'Open to anybody.'}</p>
${parameters.length ? `<h4>Parameters</h4><dl>${parameters.join('')}</dl>` : ''}
${described.requestBody ? `<h4>Body</h4>${contents(described.requestBody.content, type)}` : ''}
<h4>Answers</h4><dl>${answers.join('')}</dl>
</article>`;
}

export function docsPage(document) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described }))
  );
  const ofTag = (tag) => operations.filter(({ described }) => described.tags.includes(tag));
  const tags = document.tags.map(({ name }) => name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(document.info.title)} API</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<header>
<h1>${escape(document.info.title)} API</h1>
<p>${escape(document.info.summary)}</p>${prose(document.info.description)}
<p>The same for programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI ${escape(document.openapi)}).</p>
</header>
<nav aria-label="Contents">
${tags.map((tag) => `<h2>${escape(tag)}</h2><ul>${ofTag(tag).map(({ path, method, described }) => `<li><a href="#${escape(described.operationId)}"><code>${method.toUpperCase()} ${escape(path)}</code></a> <span class="soft">${escape(described.summary)}</span></li>`).join('')}</ul>`).join('\n')}
</nav>
<main>
${tags.map((tag) => `<section>\n<h2>${escape(tag)}</h2>\n${ofTag(tag).map(({ path, method, described }) => operation(document, path, method, described)).join('\n')}\n</section>`).join('\n')}
<section>
<h2>Types</h2>
${Object.entries(document.components.schemas).map(([name, schema]) => `<article id="${name}"><h3><code>${name}</code></h3>${prose(schema.description)}<code class="type">${type(schema)}</code></article>`).join('\n')}
</section>
</main>
</body>
</html>
`;
}
