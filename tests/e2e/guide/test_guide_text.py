"""What the guide says is there: both languages with the same commands, each command, option, link, file and unit that it names."""

import re
import shlex

import pytest

from harness.guide import GUIDE, KINDS, LANGUAGES, REPOSITORY, chapters
from harness.guide_system import DEBIAN, DEBIAN_UNITS, PACKAGES
from harness.node import run_cli

DOCS = REPOSITORY / "docs"
ALL = [each for language in LANGUAGES for each in chapters(language)]
PACKAGED = {name: (REPOSITORY / "packaging/debian" / f"dontgoback.{name}").read_text().split() for name in ("docs", "examples", "install")}
ROLES = ("all", "auth", "core", "extension")
# What is no option although it looks like one: of systemd, nginx, apt and others, and metrics' labels.
OTHERS_OPTIONS = {"--again", "--check", "--finish", "--help", "--now"}


def names(paths):
    return [str(path.relative_to(GUIDE)) for path in paths]


every_chapter = pytest.mark.parametrize("chapter", ALL, ids=names(each.path for each in ALL))


def test_both_languages_have_the_same_chapters_and_blocks():
    english, korean = chapters("en"), chapters("ko")
    assert [each.name for each in english] == [each.name for each in korean]
    for one, other in zip(english, korean, strict=True):
        assert [block.same_in_any_language() for block in one.blocks] == [block.same_in_any_language() for block in other.blocks], one.name
        headings = [[line.count("#", 0, 4) for line in each.prose if line.startswith("#")] for each in (one, other)]
        assert headings[0] == headings[1], f"{one.name}: other sections"
        targets = [[link.rpartition("/")[2].partition("#")[0] for link in each.links()] for each in (one, other)]
        assert sorted(targets[0]) == sorted(targets[1]), f"{one.name}: other links"


@every_chapter
def test_its_blocks_are_of_a_kind_that_is_run(chapter):
    for block in chapter.blocks:
        assert block.kind in KINDS, f"{chapter.path}:{block.line}: {block.kind!r}"
        assert any(block.lines), f"{chapter.path}:{block.line}: nothing in it"
    for line in chapter.prose:
        assert not line.startswith(("    ", "\t")), f"{chapter.path}: a block that nothing runs: {line}"


def test_the_contents_name_each_chapter_once():
    for language in LANGUAGES:
        contents, *rest = [each for each in chapters(language) if each.name == "README"]
        assert not rest
        named = [link.removesuffix(".md") for link in contents.links() if "/" not in link and link.endswith(".md")]
        assert sorted(named) == sorted(each.name for each in chapters(language) if each.name != "README")


def slugs(path):
    """Of its headings, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", path.read_text(), re.MULTILINE)}


@every_chapter
def test_its_links_lead_somewhere_in_the_sources_and_in_the_package(chapter):
    for link in chapter.links():
        if link.startswith("https://"):
            continue
        where, _, section = link.partition("#")
        target = (chapter.path.parent / where).resolve() if where else chapter.path
        assert target.exists(), f"{chapter.path}: {link}"
        # In /usr/share/doc/dontgoback are the documents of docs/ and the guide's folder, and nothing else of the sources.
        assert target == DOCS or target.parent == DOCS or GUIDE in (target, *target.parents), f"{link}: not in the package"
        assert not section or section in slugs(target), f"{chapter.path}: no section {link}"


def test_the_package_has_the_guide_readable():
    assert "docs/guide" in PACKAGED["docs"] and "docs/*.md" in PACKAGED["docs"]
    # Compressed, no link in it would lead anywhere.
    assert re.search(r"^\tdh_compress .*-X\.md\b", (REPOSITORY / "packaging/debian/rules").read_text(), re.MULTILINE)
    for name, guide in (("README.md", "docs/guide/README.md"), ("README.ko.md", "docs/guide/ko/README.md")):
        assert guide in (REPOSITORY / name).read_text(), f"{name} does not lead to the guide"


@pytest.fixture(scope="module")
def helps(binary):
    """The words of a command → what its help says; () is the program's."""
    found = {}

    def of(*words):
        if words not in found:
            code, out, _ = run_cli(binary, *words, "--help")
            found[words] = out if code == 0 else None
        return found[words]

    return of


def groups(helps):
    section = helps().partition("\nCommands:\n")[2].partition("\n\n")[0]
    return {line.split()[0]: {word.strip(",") for word in line.split()[1:]} for line in section.splitlines() if line.strip()}


def words_of(text):
    try:
        return shlex.split(text, comments=True)
    except ValueError:  # part of a sentence
        return text.split()


def calls_in(chapter):
    """Each call of the program that it names, as words; in sentences too."""
    for block in chapter.blocks:
        for command in block.commands() if block.kind == "sh" else ():
            for call in re.findall(r"(?:^|[|&;(] ?|-- )(dontgoback [^|&;)]*)", command.partition("<<")[0]):
                yield words_of(call)
    for code in chapter.inline_code():
        if code.startswith("dontgoback "):
            yield words_of(code)


@every_chapter
def test_its_calls_of_the_program_are_known(chapter, helps):
    known_groups = groups(helps)
    for words in calls_in(chapter):
        names_of_call = [word for word in words[1:] if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)][:2]
        command = ()
        if names_of_call:
            command = (names_of_call[0],)
            assert names_of_call[0] in known_groups, words
            is_group = helps(names_of_call[0]).count("\nCommands:\n") == 1
            if is_group and len(names_of_call) > 1:
                command = tuple(names_of_call)
                assert command[1] in known_groups[command[0]], words
        text = helps(*command)
        assert text, f"{words}: there is no such command"
        options = {word.partition("=")[0] for word in words if word.startswith("--") and word != "--"}
        known = set(re.findall(r"--[a-z][a-z-]*[a-z]", helps() + text))
        assert options <= known, f"{words}: {options - known}"


@every_chapter
def test_the_options_and_keys_in_its_sentences_are_known(chapter, helps):
    known = set(re.findall(r"--[a-z][a-z-]*[a-z]", helps())) | OTHERS_OPTIONS
    programs = PACKAGES | DEBIAN | {unit for unit in DEBIAN_UNITS} | {"update-ca-certificates", "mariadb-dump", "client-secret", "libarchive13"}
    for code in chapter.inline_code():
        if code.startswith(("dontgoback ", "sed ", "systemctl ", "certbot ", "apt ")):
            continue
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", code):
            assert option in known, f"{chapter.path}: {option}"
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code):
            assert f"--{code}" in known or code in programs or re.fullmatch(r"core-\d", code), f"{chapter.path}: {code} is nothing"
        if key := re.fullmatch(r"([a-z-]+) = .*", code):
            assert f"--{key[1]}" in known, f"{chapter.path}: {code}"


@every_chapter
def test_the_files_and_units_that_it_names_are_shipped(chapter):
    shipped = {f"/usr/share/doc/dontgoback/examples/{file.name}" for pattern in PACKAGED["examples"] for file in REPOSITORY.glob(pattern)}
    installed = PACKAGED["install"]
    shipped |= {f"/{where}/{source.rpartition('/')[2]}" for source, where in zip(installed[::1], installed[1::1], strict=False)
                if where == "lib/systemd/system"}
    for path in re.findall(r"/(?:usr/share/doc/dontgoback|lib/systemd)/[\w./@-]*[\w]", chapter.text):
        assert path in shipped, f"{chapter.path}: {path}"
    for stem, instance, kind in re.findall(r"(?<!/)\b(dontgoback(?:-backup)?)@([a-z]+)(?:-\d)?(?:\.(\w+))?", chapter.text):
        if instance == "localhost":  # MariaDB's user
            continue
        assert instance in ROLES, f"{chapter.path}: {stem}@{instance}"
        assert (REPOSITORY / "systemd" / f"{stem}@.{kind or 'service'}").exists(), f"{chapter.path}: {stem}@{instance}.{kind}"
    for path in re.findall(r"`((?:scripts|tests|packaging|benchmarks|config|docs|modules)/[\w./-]+)`", chapter.text):
        assert (REPOSITORY / path).exists(), f"{chapter.path}: {path}"


@every_chapter
def test_its_metrics_are_described(chapter):
    described = "".join(path.read_text() for path in DOCS.glob("*.md"))
    for metric in set(re.findall(r"\bdontgoback_[a-z]\w+", chapter.text)) - {"dontgoback_walk"}:
        assert metric in described, f"{chapter.path}: {metric}"
