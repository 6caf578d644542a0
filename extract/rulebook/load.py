"""Read `rules/`: every file checked, every fragment filled in, every mistake named with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from pkgutil import get_data
from typing import Any

import regex
import yaml

from extract.errors import RuleError
from extract.rulebook.cues import Cues
from extract.rulebook.kept import recalled, remember
from extract.rulebook.schema import Example, Fragment, Lookup, Rule

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NAME = regex.compile(r"\$([a-z_]+)")
_FILE_KEYS = {"kind", "about", "rules"}
_RULE_KEYS = {"id", "about", "cues", "before", "pattern", "set", "examples", "not", "known_failures"}
_EXAMPLE_KEYS = {"text", "find"}
_NOT_KEYS = {"text", "why"}
_FAILURE_KEYS = {"text", "find", "why"}
_FRAGMENT_KEYS = {"pattern", "note", "examples", "not"}
_LOOKUP_KEYS = {"about", "source", "entries"}


class Lined(dict[str, Any]):
    """A mapping of a YAML file that knows the line it began on."""

    line: int = 0


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules, by kind, and all lookups, by the name of their file. Reading it costs nothing twice: patterns compile when first used."""

    rules: tuple[Rule, ...]
    fragments: Mapping[str, Fragment]
    folder: Path
    lookups: Mapping[str, Lookup] = field(repr=False, default_factory=dict)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Rule, ...]]:
        kinds: dict[str, list[Rule]] = {}
        for rule in self.rules:
            kinds.setdefault(rule.kind, []).append(rule)
        return {kind: tuple(rules) for kind, rules in kinds.items()}

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """The rules of one kind, in the order of their file."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _cues(self) -> dict[str, Cues]:
        return {}

    def cues(self, kind: str) -> Cues:
        """The rules of one kind by their cues, made ready when first asked for."""
        if kind not in self._cues:
            self._cues[kind] = Cues(self.of_kind(kind))
        return self._cues[kind]

    def lookup(self, name: str) -> Mapping[str, str]:
        """Variant to canonical form, of rules/lookups/NAME.yml. Raises RuleError where there is no such file."""
        return self._lookup(name).entries

    def words(self, name: str) -> frozenset[str]:
        """All variants of rules/lookups/NAME.yml. Raises RuleError where there is no such file."""
        return self._lookup(name).words

    def _lookup(self, name: str) -> Lookup:
        if name not in self.lookups:
            raise RuleError(f"{self.folder / 'lookups'}: no lookup named {name}")
        return self.lookups[name]

    def only(self, rule_id: str) -> Rulebook:
        """The same book in which, of the named rule's kind, only that rule is left."""
        kind = next(rule.kind for rule in self.rules if rule.id == rule_id)
        return replace(self, rules=tuple(rule for rule in self.rules if rule.kind != kind or rule.id == rule_id))


class _Lookups(dict[str, Lookup]):
    """Lookups read when they are first asked for: a run that needs no regions does not read three thousand of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._files = {path.stem: path for path in sorted(folder.glob("*.yml"))}

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __missing__(self, name: str) -> Lookup:
        if name not in self._files:
            raise KeyError(name)
        self[name] = _read_lookup(self._files[name])
        return self[name]

    def names(self) -> list[str]:
        """All names, read or not."""
        return list(self._files)


def load(folder: Path) -> Rulebook:
    """Read the rules of a folder. Raises RuleError, its message beginning with file and line, for the first thing that is wrong."""
    if not (folder / "fragments.yml").is_file():
        raise RuleError(f"{folder}: no fragments.yml here; --rules takes a folder made like the project's own rules/")
    lookups = _Lookups(folder / "lookups")
    fragments = _read_fragments(folder / "fragments.yml", lookups)
    rules: list[Rule] = []
    seen: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == "fragments.yml":
            continue
        for rule in _read_rules(path, fragments, lookups):
            if rule.id in seen:
                raise RuleError(f"{rule.file}:{rule.line}: rule {rule.id} is already in {seen[rule.id].file}:{seen[rule.id].line}")
            seen[rule.id] = rule
            rules.append(rule)
    return Rulebook(tuple(rules), fragments, folder, lookups)


@cache
def _reader() -> bytes:
    """What decides what is read in a file, beside the file; what another reader read is not taken for it."""
    own = get_data(__package__, Path(__file__).name)
    return (own or b"") + yaml.__version__.encode()


def _read_yaml(path: Path) -> Lined:
    data = path.read_bytes()
    key = f"yaml {blake2b(_reader() + data).hexdigest()}"
    kept: Lined | None = recalled(key)
    if kept is not None:
        return kept
    value = _parsed(data, path)
    remember(key, value)
    return value


def _parsed(data: bytes, path: Path) -> Lined:
    try:
        node = yaml.compose(data.decode("utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RuleError(f"{path}:{line}: not readable as YAML: {getattr(error, 'problem', error)}") from error
    value = _build(node, path) if node is not None else None
    if not isinstance(value, Lined):
        raise RuleError(f"{path}:1: a mapping is expected at the top")
    return value


_constructor = yaml.SafeLoader("")
_resolve: Callable[[Any], Any] = _constructor.construct_object


def _build(node: Any, path: Path) -> Any:
    """Plain values from YAML nodes, mappings with their line; a key given twice is an error, where YAML would keep the last."""
    if isinstance(node, yaml.MappingNode):
        result = Lined()
        result.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                raise RuleError(f"{path}:{key_node.start_mark.line + 1}: the key {key} stands here twice")
            result[key] = _build(value_node, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, path) for item in node.value]
    if node.tag == "tag:yaml.org,2002:str":
        return str(node.value)
    return _resolve(node)


def _check_keys(found: Mapping[str, Any], allowed: set[str], needed: set[str], where: str) -> None:
    unknown = sorted(set(found) - allowed)
    if unknown:
        raise RuleError(f"{where}: unknown key {unknown[0]}; known are {', '.join(sorted(allowed))}")
    missing = sorted(needed - set(found))
    if missing:
        raise RuleError(f"{where}: the key {missing[0]} is missing")


def _read_lookup(path: Path) -> Lookup:
    content = _read_yaml(path)
    _check_keys(content, _LOOKUP_KEYS, {"about", "entries"}, f"{path}:{content.line}")
    entries: dict[str, str] = {}
    listed = content["entries"]
    pairs = listed.items() if isinstance(listed, dict) else ((word, []) for word in listed)
    for canonical, variants in pairs:
        if isinstance(listed, dict) and not isinstance(variants, list):
            raise RuleError(f"{path}:{content.line}: {canonical} takes a list of variants")
        for word in ([] if isinstance(listed, dict) else [canonical]) + list(variants):
            if word in entries:
                raise RuleError(f"{path}:{content.line}: {word} stands here twice")
            entries[str(word)] = str(canonical)
    return Lookup(path.stem, str(content["about"]), entries, path.name)


def _read_fragments(path: Path, lookups: _Lookups) -> Mapping[str, Fragment]:
    fragments: dict[str, Fragment] = {}
    for name, body in _read_yaml(path).items():
        where = f"{path}:{getattr(body, 'line', 1)}"
        if not isinstance(body, Lined):
            raise RuleError(f"{where}: fragment {name} takes pattern, note and examples")
        _check_keys(body, _FRAGMENT_KEYS, {"pattern", "note", "examples"}, where)
        if name in lookups:
            raise RuleError(f"{where}: {name} is the name of a lookup already")
        source = _fill(_pattern(body), fragments, lookups, (), where)
        fragments[name] = Fragment(
            name, source, str(body["note"]), tuple(body["examples"]), tuple(body.get("not", ())), str(path), body.line
        )
    return fragments


def _pattern(body: Lined) -> str:
    """The pattern as it is written: one, or a list of them of which any may match."""
    given = body["pattern"]
    return f"(?:{'|'.join(map(str, given))})" if isinstance(given, list) else str(given)


def _fill(pattern: str, fragments: Mapping[str, Fragment], lookups: _Lookups, cues: tuple[str, ...], where: str) -> str:
    """The pattern with `$cue`, `$fragment` and `$lookup` put in; a lookup becomes a named list of the regex library."""

    def put(match: regex.Match[str]) -> str:
        name = match[1]
        if name == "cue":
            return "(?:" + "|".join(regex.escape(cue) for cue in sorted(cues, key=len, reverse=True)) + ")"
        if name in fragments:
            return f"(?:{fragments[name].source})"
        if name in lookups:
            return rf"\L<{name}>"
        raise RuleError(f"{where}: ${name} is neither a fragment nor a lookup")

    return str(_NAME.sub(put, pattern))


def _known_lookups(names: Iterable[str], lookups: _Lookups, where: str) -> tuple[str, ...]:
    for name in names:
        if name not in lookups:
            raise RuleError(f"{where}: before: there is no lookup named {name}")
    return tuple(names)


def _named_lists(source: str, lookups: _Lookups) -> dict[str, frozenset[str]]:
    return {name: lookups[name].words for name in regex.findall(r"\\L<([a-z_]+)>", source)}


def _read_rules(path: Path, fragments: Mapping[str, Fragment], lookups: _Lookups) -> list[Rule]:
    content = _read_yaml(path)
    _check_keys(content, _FILE_KEYS, {"kind", "rules"}, f"{path}:{content.line}")
    rules = []
    for body in content["rules"]:
        where = f"{path}:{getattr(body, 'line', content.line)}"
        if not isinstance(body, Lined):
            raise RuleError(f"{where}: a rule is a mapping with id, about, pattern, examples and not")
        _check_keys(body, _RULE_KEYS, {"id", "about", "pattern", "examples", "not"}, where)
        cues = tuple(str(cue) for cue in body.get("cues", ()))
        source = _fill(_pattern(body), fragments, lookups, cues, where)
        examples = [_example(e, _EXAMPLE_KEYS, {"text", "find"}, path) for e in body["examples"]]
        near = [_example(e, _NOT_KEYS, {"text", "why"}, path) for e in body["not"]]
        failures = [_example(e, _FAILURE_KEYS, _FAILURE_KEYS, path) for e in body.get("known_failures", ())]
        if not examples or not near:
            raise RuleError(f"{where}: rule {body['id']} needs at least one example and one near miss (not)")
        rules.append(
            Rule(
                id=str(body["id"]),
                kind=str(content["kind"]),
                about=str(body["about"]),
                cues=cues,
                source=source,
                before=_known_lookups(body.get("before", ()), lookups, where),
                set={key: str(value) for key, value in body.get("set", {}).items()},
                examples=(*examples, *near),
                known_failures=tuple(failures),
                file=str(path),
                line=body.line,
                words=_named_lists(source, lookups),
            )
        )
    return rules


def _example(body: Any, allowed: set[str], needed: set[str], path: Path) -> Example:
    where = f"{path}:{getattr(body, 'line', 1)}"
    if not isinstance(body, Lined):
        raise RuleError(f"{where}: an example is a mapping with text and find (or why)")
    _check_keys(body, allowed, needed, where)
    return Example(str(body["text"]), tuple(body.get("find", ())), body.line, str(body.get("why", "")))
