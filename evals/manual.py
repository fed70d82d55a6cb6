"""Writes the pages of the manual that are made of the program itself, so that they cannot tell anything else.

    python -m evals.manual        (make manual)

``docs/reference/commands.md`` comes from the parser of the command line, ``codes.md`` from the tables of the ontology,
``python.md`` from signatures and docstrings, ``docs/README.md`` from the headings of the pages. A test compares them.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MADE = "*Made by `make manual`; a test compares it with the program.*"
CALLS = (
    ("dateline", ("read",)),
    ("dateline.desk", ("Desk",)),
    ("dateline.archive.keeping", ("Archive",)),
    ("dateline.store", ("Query", "Hit", "Report", "Status", "Judgement")),
    (
        "dateline.model",
        ("Record", "Article", "Span", "Block", "Token", "Sentence", "Mention", "Entity", "Link", "Timex", "Place",
         "Candidate", "Attribution", "Predicate", "Factuality", "Event", "Argument", "Fault", "Rejection", "MadeBy"),
    ),
    ("dateline.pipeline", ("Stage", "Pipeline")),
    ("dateline.wire", ("to_json", "from_json", "json_schema")),
    ("dateline.compact", ("to_compact", "from_compact")),
    ("dateline.errors", ()),
)  # fmt: skip
"""Modules that a program may import from, and what of them; of one without names, all."""
ORDER = ("tutorial", "how-to", "reference", "explanation", "decisions")
OWN = {"tutorial": "Tutorials", "how-to": "How to", "reference": "Reference", "explanation": "Explanation"}


def main() -> None:
    """Write every page."""
    for file, page in pages().items():
        file.write_text(page, encoding="utf-8")
        print(file.relative_to(ROOT))


def pages() -> dict[Path, str]:
    """Each made page by its file; the index last, since it names the others."""
    found = {DOCS / "reference" / name: make() for name, make in MAKERS.items()}
    found[DOCS / "README.md"] = index(found)
    return found


# --- commands ---


def commands() -> str:
    """Every command with its arguments and options, from the parser."""
    from typer.main import get_command

    from dateline.cli import app

    known: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    more = "What the commands do with one another stands in [the command line](command-line.md)."
    parts = [f"# Every command\n\n{MADE} {more}\n"]
    for name, command in sorted(known.items()):
        parts.append(f"## dateline {name}\n\n{command.help}\n")
        rows = [_option(parameter) for parameter in command.params if parameter.name != "help"]
        parts.append(_table(("argument or option", "takes", "meaning"), rows))
    return "\n".join(parts)


def _option(parameter: Any) -> tuple[str, str, str]:
    argument = parameter.param_type_name == "argument"
    names = parameter.name.upper() if argument else ", ".join([*parameter.opts, *parameter.secondary_opts])
    takes = "" if getattr(parameter, "is_flag", False) else _taken(parameter.type_descriptor.annotation)
    default = parameter.default
    told = "" if default in (None, False, (), "") or callable(default) else f" Default: {default!r}."
    needed = " Required." if parameter.required else ""
    return f"`{names}`", takes, f"{parameter.help or ''}{told}{needed}"


def _taken(kind: Any) -> str:
    """What an option takes, in words."""
    if get_origin(kind) is list:
        return f"{_taken(get_args(kind)[0])}, several"
    if get_origin(kind) is tuple:
        return f"{len(get_args(kind))} × {_taken(get_args(kind)[0])}"
    return {str: "words", int: "number", float: "number", Path: "path"}[kind]


# --- codes ---


WIDER = (
    "What PLOVER drops and a reader of reports needs; they have no score. `happening` is what is shown and fits no "
    "other, `other` what is too doubtful to show."
)
STATUSES = (
    "Whether the report tells the event as having happened. The family says which tellings may be one event: a plan, "
    "its fulfilment and its denial are different tellings."
)


def codes() -> str:
    """Types, modes, contexts, statuses and sectors, from the tables."""
    from dateline.knowledge.ontology import QUADS, load_ontology, load_statuses
    from dateline.knowledge.sectors import load_sectors

    known = load_ontology()
    types = [
        (f"`{t.name}`", QUADS[t.quad], _number(t.score), t.definition + (f" Not: {t.unless}" if t.unless else ""))
        for t in known.types.values()
    ]
    modes = [
        (f"`{t.name}`", f"`{mode}`", _number(score), t.mode_definitions[mode])
        for t in known.types.values()
        for mode, score in t.modes.items()
    ]
    statuses = [
        (f"`{name}`", s.family, _yes(s.took_place), "hidden" if s.hidden_in_archive else "shown")
        for name, s in load_statuses().items()
    ]
    sectors = [(f"`{s.name}`", s.definition, _yes(s.official)) for s in load_sectors().by_name.values()]
    return "\n".join([
        f"# Types, modes, contexts, statuses, sectors\n\n{MADE} The tables are `src/dateline/data/ontology/`.\n",
        "## Types of PLOVER\n\nThe score runs from conflict (-10) to cooperation (10); a mode's own wins.\n",
        _table(("type", "quad class", "score", "what it is"), types),
        "## Modes\n", _table(("type", "mode", "score", "what it is"), modes),
        f"## Wider types\n\n{WIDER}\n",
        _table(("type", "what it is"), [(f"`{name}`", said) for name, said in known.wider.items()]),
        "## Contexts\n", _table(("context", "what it is"), [(f"`{n}`", said) for n, said in known.contexts.items()]),
        f"## Statuses\n\n{STATUSES}\n",
        _table(("status", "family", "took place", "in a chronicle"), statuses),
        "## Sectors\n\nThe last three letters of a party's code; its first three are its country (ISO 3166-1).\n",
        _table(("sector", "what it is", "official"), sectors),
    ])  # fmt: skip


def _number(value: float) -> str:
    return f"{value:g}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


# --- Python ---


def python() -> str:
    """What a program may call and what it gets, from signatures and docstrings."""
    parts = [f"# From Python\n\n{MADE}\n"]
    for module_name, names in CALLS:
        module = importlib.import_module(module_name)
        parts.append(f"## {module_name}\n\n{_said(module)}\n")
        for name in names or _own_names(module):
            parts.extend(_described(name, getattr(module, name)))
    return "\n".join(parts)


def _own_names(module: Any) -> list[str]:
    return [n for n, value in vars(module).items() if inspect.isclass(value) and value.__module__ == module.__name__]


def _described(name: str, what: Any) -> Iterator[str]:
    if inspect.isclass(what):
        bases = [base.__name__ for base in what.__bases__ if base.__module__.startswith("dateline")]
        yield f"### {name}{f' ({bases[0]})' if bases else ''}\n\n{_said(what)}\n"
        fields = getattr(what, "__struct_fields__", ())
        if fields:
            told = {k: v for base in reversed(what.__mro__) for k, v in getattr(base, "__annotations__", {}).items()}
            yield _table(("field", "type"), [(f"`{field}`", f"`{told[field]}`") for field in fields])
        for member, value in vars(what).items():
            if not member.startswith("_") and (inspect.isfunction(value) or isinstance(value, staticmethod)):
                yield _call(f"{name}.{member}", getattr(value, "__func__", value))
        return
    yield _call(name, what)


def _call(name: str, what: Callable[..., Any]) -> str:
    signature = inspect.signature(what)
    kept = [p for p in signature.parameters.values() if p.name != "self"]
    shown = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(signature.replace(parameters=kept)))
    shown = re.sub(r"<function .*?>(?=[,)])", "…", shown)
    return f"```\n{name}{shown}\n```\n\n{_said(what)}\n"


def _said(what: Any) -> str:
    """The docstring; references to names become code."""
    said = inspect.getdoc(what) or ""
    said = re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"`\1`", said)
    return said.replace("``", "`")


# --- the index ---


def index(made: dict[Path, str]) -> str:
    """Every page of the manual by room."""
    parts = ["# The manual\n", "Start with [your first record](tutorial/first-record.md).\n"]
    for folder in ORDER:
        files = sorted({*(DOCS / folder).glob("*.md"), *(file for file in made if file.parent.name == folder)})
        titles = {file: _title(made.get(file) or file.read_text(encoding="utf-8")) for file in files}
        parts.append(f"## {OWN.get(folder, 'Decisions')}\n")
        parts += [f"- [{title}]({folder}/{file.name})" for file, title in titles.items()]
        parts.append("")
    parts += ["## Words and house\n", "- [Glossary](glossary.md)", "- [How the house is built](../ARCHITECTURE.md)"]
    return "\n".join([*parts, "- [Contributing](../CONTRIBUTING.md)", "- [A release](../RELEASING.md)", ""])


def _title(page: str) -> str:
    """The heading of a page, its marks of code taken out."""
    return page.partition("\n")[0].removeprefix("# ").replace("`", "")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of Markdown; nothing for one without rows."""
    lines = [" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *(f"| {line} |" for line in lines), ""])


MAKERS: dict[str, Callable[[], str]] = {"codes.md": codes, "commands.md": commands, "python.md": python}

if __name__ == "__main__":
    main()
