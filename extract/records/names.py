"""Names of bodies and persons: each told by its head, each given its full form (lists of them: name_lists.py).

A name of a body ends with a head (局, 委员会, 领导小组, 部门 …; rules/lookups/heads.yml) and holds no word that ends a noun phrase. What is
listed in the lookups is known; what is not is read by its head, so that bodies of places never seen are names too. Texts are expected with
marks of one width (see `fold`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from extract.model import OwnerKind
from extract.nlp.subjects import Compounds
from extract.nlp.words import tag
from extract.records.suffixes import Suffixes
from extract.rulebook import Rulebook
from extract.rulebook.kept import compiled

Kind = Literal["organization", "collective", "group", "person", "place"]

LONGEST = 40
"""Characters of the longest single name; what is longer is a phrase."""

_MANY = ("领导", "成员", "干部", "人员", "代表", "职工")
_OBJECTS = ("企业", "系统")
"""Heads of what others do something to, as well as of bodies."""
_ROLE_NOUNS = ("单位", "部门", "主体")
_WHOLE_BODY = regex.compile(r"\p{Han}{1,10}?(?:局|厅|委|办|政府|公司|集团)(?=\p{Han}{4,8}$)")
_BRANCHES = ("部门", "机关")
_IN_CHARGE = regex.compile(r"(?:(?:行政)?主管|(?:监督)?管理|监管|行政|执法)$")
_OWNED = regex.compile(r"[出注]资|[下所直]属|管理|控股|参股|主管")
_OF_A_BODY = regex.compile(r"^(?:街道|镇街|乡镇|园区|开发区|管委会|社区|集团|公司|学校|医院|中心|支队|大队)")
_ANY_PLACE = frozenset({"管委会", "办事处", "检察院", "中心站"})
_MARKET = "集镇"
_SHORT_POST = 2
_OF_MANY = ("place", "collective")
"""The kinds of names that posts stand behind though no body has them as its name (乡镇|党委书记, 各镇|镇长)."""
_INNER_HEADS = frozenset("部站所队")
"""Heads behind the words that name offices (人力资源部, 质监站)."""
_LONGEST_PLACE = 7
"""Characters of the place that may stand before an agency of the lookup."""
LEVELS = "省市县区州盟旗镇乡"
_TWO_LEVELS = regex.compile(rf"[{LEVELS}村]+(?:、[{LEVELS}村])*[两二三四五]级")
_LEVEL_STARTS = (*LEVELS, "自治区", "自治州")
_OTHER_BODY = regex.compile(r"(?<=\p{Han}{4})[省市县州各]")
_ANY_MARK = regex.compile(r"[ .。．、，；]")
_LEVELS_APART = regex.compile(r"各[市县区州旗](?:[ .。．、，；][市县区州旗]){2}(?:[ .。．、，；]政府)?(?![直级])")
"""各县，市。区, whose brackets or marks were lost to a scan or a page."""
_DOT_IN_LIST = regex.compile(r"(?<=[局委办厅会府])[.．](?=[省市县区州各有相])")
_MARK = regex.compile(r"（([^（）\n]{0,40})）$")
_INNER = regex.compile(r"（[^（）]*）")
_LEVEL = regex.compile(rf"^(?:各级地方|各[级地]|国务院|[县省市]级以上(?:地方)?(?:各级)?(?:(?:人民)?政府)?|[{LEVELS}]{{1,2}}[级直]?)")


def fold(text: str) -> str:
    """The text, same length, with marks of one width, and with one mark where a list of levels or bodies lost its own, so that patterns need to know but one."""
    for narrow, wide in zip(",;:!?()[]〔〕［］【】", "，；：！？（）（）（）（）（）", strict=True):
        text = text.replace(narrow, wide)
    if "各" in text:
        text = _LEVELS_APART.sub(lambda levels: _ANY_MARK.sub("、", levels[0]), text)
    return _DOT_IN_LIST.sub("、", text)


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What is known of names: the words and patterns of one rulebook.

    last_pairs, last_ones: a name ends in one of these, two characters or one; the cheapest test of all.
    """

    agencies: Mapping[str, str]
    heads: Mapping[str, str]
    collectives: frozenset[str]
    bare_bodies: frozenset[str]
    posts: frozenset[str]
    not_bodies: frozenset[str]
    inner_bodies: frozenset[str]
    head_words: frozenset[str]
    last_pairs: frozenset[str]
    last_ones: frozenset[str]
    agency_endings: Suffixes
    head_endings: Suffixes
    post_endings: Suffixes
    no_body_endings: Suffixes
    overseer_endings: Suffixes
    bearer_endings: Suffixes
    offices: frozenset[str]
    surnames: frozenset[str]
    stems: frozenset[str]
    fields: frozenset[str]
    compounds: Compounds
    patterns: Mapping[str, regex.Pattern[str]]

    def kind_of(self, name: str, *, loose: bool = False) -> Kind | None:
        """What kind of name this is, or None where it is none. A bare head (部门, 政府) is none.

        loose: a faint head is enough (水生态环境科), for places where nothing but a name can stand.
        """
        return _kind_of(self, name, loose) if 2 <= len(name) <= LONGEST else None

    def told_kind(self, name: str, loose: bool) -> Kind | None:
        """`kind_of` as it is worked out, once for a name."""
        if name in self.collectives or (name[-1] == "级" and _TWO_LEVELS.fullmatch(name)):
            return "collective"
        base = name
        if "（" in name:
            base = _MARK.sub("", name) if name[-1] == "）" else name
            if base in self.collectives:
                return "collective"
            plainer = _INNER.sub("", base)
            if plainer != base:
                return self.kind_of(plainer, loose=loose)
        if base in self.bare_bodies or (len(base) > 2 and base in self.agencies and base not in _ANY_PLACE):
            return "organization"
        if len(base) < 2:
            return None
        kind: Kind | None = "person" if self.post_endings.of(base) else self._kind_by_head(base, loose)
        if kind is None:
            return None
        bare = self.patterns["task_words"].sub("", base) if base[-2:] in _ROLE_NOUNS and self._role_named(base) else base
        if self.patterns["not_in_name"].search(bare) or self.patterns["not_name_start"].match(base):
            return None
        if (base[-2:] in _OBJECTS and self._does_something(base)) or (kind == "organization" and self._holds_deed(base)):
            return None
        return kind

    def _does_something(self, name: str) -> bool:
        """Is this a body with what it does to others (县水利局|走访企业), not a name?"""
        inner = _WHOLE_BODY.match(name)
        rest = name[inner.end() :] if inner else ""
        if len(rest) < 4 or _OWNED.match(rest) or self.begins_with_office(rest, 0):
            return False
        verb = tag(rest)[0]
        return verb.end > 1 and verb.tag in ("v", "vn")

    def _holds_deed(self, name: str) -> bool:
        """Does a verb stand before a body known by itself (白石市|借鉴|省水利厅), so that this is a clause and no name?"""
        for begin in _OTHER_BODY.finditer(name):
            if self.is_known(name[begin.start() :]):
                last = tag(name[: begin.start()])[-1]
                return last.tag == "v" and last.end - last.start > 1
        return False

    def _kind_by_head(self, name: str, loose: bool) -> Kind | None:
        """The kind that a name's head gives it, whatever words it holds."""
        head = self.head_endings.of(name)
        kind = self.heads.get(head)
        if kind is None:
            return None
        if loose and head == name and len(head) > 1 and kind == "place":
            return "collective"
        if head == name and kind != "group" and not self._is_station(name):
            return None
        market = len(name) == 3 and name.endswith(_MARKET) and name[0] in self.surnames  # 王集镇
        short_place = market or (loose and kind == "place" and 2 < len(name) < 5)  # 潭山区 may be one, where only names can stand
        if len(self.no_body_endings.of(name)) >= len(head) and not (short_place or self.is_agency(name)):
            return None
        if kind == "place" and name in self.stems:
            return None
        plain = self.patterns["plain_start"].match(name) is not None
        if kind in ("faint", "office") and not (plain or self.is_agency(name)):
            if not (
                name.startswith(_LEVEL_STARTS)
                or (head in _INNER_HEADS and self._inner_office(name[:-1]))
                or (kind == "office" and (name[0] in "局委厅" or self._inner_office(_OF_A_BODY.sub("", name)[:-1])))
                or (loose and len(name) > 2)
                or (head == "委" and name[-2] in LEVELS)
            ):
                return None
            if kind == "faint" and len(name) > 3:
                last = tag(name)[-1]
                if last.end - last.start > 1 and last.tag.startswith(_NO_NOUN):  # 市民|开会, not 县畜牧|站
                    return None
        if plain or kind == "collective":
            return "collective"
        if kind == "group":
            return "group"
        return "place" if kind == "place" else "organization"

    def _role_named(self, name: str) -> bool:
        """Does this end as a body named by its role does (滞后任务|责任单位)?"""
        return name[-4:] in self.collectives or name[-6:] in self.collectives

    def _is_station(self, name: str) -> bool:
        """Is this a station or team that stands for itself (水利站, 司法所)?"""
        return name[-1] in "站所" and self._inner_office(name[:-1])

    def _inner_office(self, name: str) -> bool:
        """Is this made of nothing but the words that name offices inside a body (财务审计|科)?"""
        places = {0}
        for place in range(len(name)):
            if place in places:
                places.update(place + size for size in (2, 3, 4, 1) if name[place : place + size] in self.offices)
        return len(name) > 1 and len(name) in places

    def is_office(self, name: str) -> bool:
        """Is this an office or team named by its work alone (执法中队, 监督检查室)?"""
        return self._inner_office(name[: len(name) - len(self.head_endings.of(name))])

    def begins_with_office(self, text: str, place: int) -> bool:
        """Does a word that names offices begin at `place`?"""
        return text[place : place + 2] in self.offices or text[place : place + 3] in self.offices or text[place : place + 4] in self.offices

    def is_plain(self, name: str) -> bool:
        """Does this begin as the names of many bodies at once or of a level's own do (各, 有关, 市直, 县)?"""
        return name.startswith(_LEVEL_STARTS) or self.patterns["plain_start"].match(name) is not None

    def is_agency(self, name: str) -> bool:
        """Is this, with or without a place before it, an agency of the lookup?"""
        ending = self.agency_endings.of(name)
        return len(ending) > 1 and len(name) - len(ending) <= _LONGEST_PLACE

    def is_known(self, name: str) -> bool:
        """Is this a name of the lookups, of one body or of many?"""
        return name in self.collectives or name in self.bare_bodies or self.is_agency(name) or self._is_branch(name)

    def _is_branch(self, name: str) -> bool:
        """Is this an agency told by its field (税务机关, 省级民政部门)?"""
        return name.endswith(_BRANCHES) and self.is_stem(_IN_CHARGE.sub("", name[:-2]))

    def is_overseer(self, name: str) -> bool:
        """Does this end as the names of bodies do that watch over others' work (督查室, 纪委监委, 审计局)?"""
        return bool(self.overseer_endings.of(name))

    def goes_on(self, text: str, place: int) -> bool:
        """Does the name that ends at `place` go on with an office of its own (市委|督查室, 县委|宣传部)?"""
        inner, following = self.inner_bodies, text[place : place + 5]
        return following[:3] in inner or following[:2] in inner or following[:4] in inner or following in inner

    def cut_at(self, text: str, place: int) -> bool:
        """Is a longer head or post cut at `place` (部|门, 领导|小组)?"""
        words = self.head_words
        return (
            text[place - 1 : place + 1] in words
            or text[place - 2 : place + 1] in words
            or text[place - 1 : place + 2] in words
            or text[place - 2 : place + 2] in words
            or text[place - 3 : place + 1] in words
        )

    def is_stem(self, name: str) -> bool:
        """Is this an agency without its head (经信, 自然资源), with or without its level before it?"""
        return name in self.stems or _LEVEL.sub("", name) in self.stems

    def begins_with_stem(self, name: str) -> bool:
        """Does this begin with an agency or an agency's stem (教育行政部门)?"""
        return any(name[:i] in self.stems for i in range(2, min(len(name), 8) + 1))

    def body_and_post(self, name: str) -> tuple[str, str]:
        """A name that ends with a post as (body, post); the body is empty where the post stands alone (市委副书记、市长)."""
        post = self.post_endings.of(name)
        body = name[: len(name) - len(post)] if post else name
        known = ((self.kind_of(body) is not None or self.kind_of(body, loose=True) in _OF_MANY) and body[1:] != "委") or (
            len(body) > 2 and body in self.heads
        )
        cut = (
            body[-1:] in LEVELS
            and post[:1] in LEVELS
            and not ((body[-1:] == post[:1] or len(post) > _SHORT_POST) and self.kind_of(body) in _OF_MANY)
        )
        return (body, post) if not post or (known and not cut) else ("", name)

    def is_one_post(self, name: str) -> bool:
        """Is this the post of one person and nothing more (县长同志), not of many (县领导, 班子成员)?"""
        return name.removesuffix("同志") in self.posts and not name.endswith(_MANY)

    def ends_with_post(self, name: str, longer_than: int) -> bool:
        """Does this end with a post of more characters than that (负责同志, not 同志)?"""
        return len(self.post_endings.of(name)) > longer_than

    def is_person(self, name: str) -> bool:
        """Is this a personal name: two to four Han characters that begin with a surname?"""
        size = len(name)
        if not 2 <= size <= 4 or not (size > 2 if name[:2] in self.surnames else size < 4 and name[0] in self.surnames):
            return False
        if (
            name[-1] in _NO_PERSON_END
            or name in self.not_bodies
            or name in self.stems
            or name in self.heads
            or name in self.agencies
            or name in self.posts
            or name[1:] in self.posts
            or name in self.collectives
        ):
            return False
        return not (size == 2 and self.heads.get(name[1]) == "office") and _HAN.fullmatch(name) is not None

    def canonical(self, name: str, kind: OwnerKind, region: str) -> str:
        """The full name, as far as it can be told: 市发改委 in a document of 青禾市 is 青禾市发展和改革委员会; else the name."""
        return name if kind in ("collective", "person") else _canonical(self, name, region)

    def told_canonical(self, name: str, region: str) -> str:
        """`canonical` as it is worked out, once for a name."""
        level = name[0] if name[0] in LEVELS and len(name) > 1 else ""
        rest = name[len(level) :]
        if region and level and region.endswith(level):
            if rest == "委":
                return f"中共{region}委员会"
            if rest.startswith("委") and rest in self.agencies:
                return f"中共{region}{rest}"
            return region + self.agencies.get(rest, rest)
        full = self.agencies.get(name)
        if full is not None:
            local = name.endswith(_LOCAL_HEADS) and not full.startswith(_CENTRAL)
            return region + full if region and local else full
        for i in range(2, min(len(name), 10)):
            if name[i - 1] in LEVELS and name[i:] in self.agencies:
                return name[:i] + self.agencies[name[i:]]
        return name


_NO_NOUN = ("v", "d", "p", "c", "u")
_NO_PERSON_END = frozenset("及站所队厂区县镇乡村旗盟局厅委办部处科股室副的等在")
_HAN = regex.compile(r"[\p{Han}·]+")
_LOCAL_HEADS = ("局", "分局", "管委会", "攻坚办", "整改办", "河长办")
_CENTRAL = ("国家", "中国", "中央", "全国", "最高")
_HEADS = regex.compile(r"(?:委员会|总局|[局委厅部办署院])$")
_FRAGMENTS = (
    *(
        "task_words",
        "place_government",
        "watching",
        "watching_all",
        "in_person",
        "not_in_name",
        "not_name_start",
        "name_lead",
        "and_others",
        "bare_rest",
        "before_bare_rest",
        "level_only",
        "plain_start",
    ),
    *(
        "degrees",
        "circumstances",
        "idle",
        "deed",
        "not_doer",
        "of_place",
        "leading",
        "with_others",
        "watched_with",
        "supporting",
        "outcome",
        "own_check",
        "own_matters",
        "watching_clause",
    ),
    *("charge", "said_role", "first_listed", "role_mark", "clause_edge", "lately"),
)


@lru_cache(maxsize=2)
def names_of(rulebook: Rulebook) -> Names:
    """What a rulebook knows of names; made once for a rulebook."""
    agencies, posts = rulebook.words("agencies"), rulebook.words("posts")
    head_words = rulebook.words("heads") | posts
    ending = (*head_words, *rulebook.words("collectives"), *rulebook.words("bare_bodies"), *agencies, "级")
    return Names(
        agencies=rulebook.lookup("agencies"),
        heads=rulebook.lookup("heads"),
        collectives=rulebook.words("collectives"),
        bare_bodies=rulebook.words("bare_bodies"),
        posts=posts,
        not_bodies=rulebook.words("not_bodies"),
        inner_bodies=agencies | rulebook.words("overseers"),
        head_words=head_words,
        last_pairs=frozenset(word[-2:] for word in ending if len(word) > 1),
        last_ones=frozenset(word for word in ending if len(word) == 1),
        agency_endings=Suffixes(agencies),
        head_endings=Suffixes(rulebook.lookup("heads")),
        post_endings=Suffixes(posts),
        no_body_endings=Suffixes(rulebook.words("not_bodies")),
        overseer_endings=Suffixes(rulebook.words("overseers")),
        bearer_endings=Suffixes(rulebook.words("duty_bearers")),
        offices=rulebook.words("offices"),
        surnames=rulebook.words("surnames"),
        stems=_stems(agencies) | rulebook.words("work_fields"),
        fields=rulebook.words("fields_of_offices"),
        compounds=Compounds(_variants(rulebook, "verb"), _variants(rulebook, "noun")),
        patterns={name: pattern(rulebook.fragments[name].source) for name in _FRAGMENTS},
    )


def _variants(rulebook: Rulebook, part: str) -> frozenset[str]:
    return frozenset(word for word, kind in rulebook.lookup("compounds").items() if kind == part)


@lru_cache(maxsize=64)
def pattern(source: str, **lists: frozenset[str]) -> regex.Pattern[str]:
    """The compiled pattern of a fragment, with the lookups that it names (as frozen sets of words)."""
    return compiled(source, lists)


@lru_cache(maxsize=1 << 15)
def _kind_of(names: Names, name: str, loose: bool) -> Kind | None:
    """Names recur in a document and from one to the next."""
    return names.told_kind(name, loose)


@lru_cache(maxsize=1 << 14)
def _canonical(names: Names, name: str, region: str) -> str:
    return names.told_canonical(name, region)


@lru_cache(maxsize=4)
def _stems(agencies: frozenset[str]) -> frozenset[str]:
    """Agencies without their head (经信局 → 经信), as elliptic lists print them."""
    return frozenset(stem for agency in agencies if len(stem := _HEADS.sub("", agency)) >= 2 and stem != agency)
