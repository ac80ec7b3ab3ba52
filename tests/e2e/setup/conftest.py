import pytest

from harness.machine import Machine


@pytest.fixture
def machine(request, binary, workspace):
    """Machines of a test's own; ended with it."""
    made = []

    def make(role):
        made.append(Machine(binary, workspace / f"{request.node.name}-{len(made)}", role))
        return made[-1]

    yield make
    problems = []
    for each in reversed(made):
        try:
            each.stop()
        except AssertionError as problem:
            problems.append(str(problem))
    assert not problems, "\n".join(problems)


@pytest.fixture
def auth(machine):
    """An auth node that runs, and the lines that it printed for the others."""
    node = machine("auth")
    said = node.made()
    node.lines = {role: said.lines(f"dontgoback setup --role={role} ")[0] for role in ("core", "extension")}
    return node.start(said.lines("dontgoback serve")[0])
