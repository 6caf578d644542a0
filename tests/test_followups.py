"""Plan against report: the links over the samples of three cities and three years, and what no link may be made of."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from extract.pipeline import convert
from extract.tables.follow import follow, settled, standings
from extract.tables.follow.indicators import Words
from extract.tables.follow.moments import Span, dated, published
from extract.tables.follow.verdicts import compare
from extract.tables.schema import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from pathlib import Path

    from extract.rulebook import Rulebook
    from extract.tables.follow.links import Source
    from extract.tables.schema import FollowupRow, TargetRow

Made = dict[str, list[Any]]


def read(documents: Iterable[tuple[str, bytes]], book: Rulebook) -> Made:
    """The rows of some documents, by table."""
    made: Made = {table.name: [] for table in tables()}
    for name, data in documents:
        rows = convert(data, name, book).rows
        for table in tables():
            made[table.name] += getattr(rows, table.name)
    return made


def of(made: Made) -> Source:
    """The rows as the assembly of tables gives them."""

    def source(name: str, documents: Container[str] | None = None) -> Iterable[Any]:
        return [row for row in made[name] if documents is None or row.doc_id in documents]

    return source


@pytest.fixture(scope="module")
def cities(samples: Path, book: Rulebook) -> Made:
    """The rows of samples/followup."""
    return read(((path.name, path.read_bytes()) for path in sorted((samples / "followup").glob("f*.txt"))), book)


@pytest.fixture(scope="module")
def links(cities: Made, book: Rulebook) -> list[FollowupRow]:
    return follow(of(cities), book)


def shown(row: FollowupRow, sources: dict[str, str]) -> tuple[object, ...]:
    values = [None if value is None else float(value) for value in (row.plan_value, row.report_value)]
    return sources[row.plan_doc_id][:3], sources[row.report_doc_id][:3], row.indicator, *values, row.verdict


def test_precision_comes_before_recall(cities: Made, links: list[FollowupRow], samples: Path) -> None:
    sources = {row.doc_id: row.source for row in cities["documents"]}
    found = Counter(shown(row, sources) for row in links)
    listed = json.loads((samples / "followup" / "gold" / "followups.json").read_text(encoding="utf-8"))
    gold = Counter(tuple(one[key] for key in ("plan", "report", "indicator", "plan_value", "report_value", "verdict")) for one in listed)
    wrong, missed = list((found - gold).elements()), list((gold - found).elements())
    assert wrong == []
    assert len(missed) <= len(listed) * 0.05, missed


def test_links_show_both_sides(cities: Made, links: list[FollowupRow]) -> None:
    rows = {row[0]: row for table in ("targets", "tallies", "ledger") for row in cities[table]}
    for link in links:
        plan, report = rows[link.plan_row_id], rows[link.report_row_id]
        assert (plan.doc_id, report.doc_id) == (link.plan_doc_id, link.report_doc_id)
        assert link.plan_text
        assert link.report_text
        if link.rule != "followup-problem":
            assert (plan.text, report.text) == (link.plan_text, link.report_text)
    assert len({link.followup_id for link in links}) == len(links)
    assert {link.rule for link in links} == {"followup-target", "followup-count", "followup-tally", "followup-problem"}


def test_order_of_documents_does_not_matter(cities: Made, links: list[FollowupRow], book: Rulebook) -> None:
    turned = {name: list(reversed(rows)) if name == "documents" else rows for name, rows in cities.items()}
    again = follow(of(turned), book)
    assert sorted(again) == sorted(links)


def test_the_ledger_learns_how_its_matters_stand(cities: Made, links: list[FollowupRow]) -> None:
    standing = standings(of(cities), links)
    sources = {row.doc_id: row.source[:3] for row in cities["documents"]}

    def statuses(as_of: date | None) -> dict[tuple[str, str], str]:
        return {(sources[row.doc_id], row.path): row.status for row in settled(cities["ledger"], standing, as_of) if row.measure_id}

    without = statuses(None)
    assert without["f07", "3"] == "done"
    assert without["f07", "2"] == "ongoing"
    assert without["f01", "2.1"] == "done"
    assert without["f01", "1"] == "ongoing"
    assert (without["f19", "2.1"], without["f19", "2.2"]) == ("done", "done")
    later = statuses(date(2023, 12, 31))
    assert later["f07", "3"] == "done"
    assert later["f07", "2"] == "overdue"
    assert "overdue" not in without.values()


PLAN = "{place}{topic}工作方案\n发布时间：2031-03-01\n一、工作目标\n{goal}。\n"
REPORT = "{place}{topic}工作总结\n发布时间：{day}\n一、工作完成情况\n{said}。\n"


@pytest.fixture
def link(book: Rulebook) -> Callable[..., list[FollowupRow]]:
    """The links between a plan of 青禾市 of 2031 and a report."""

    def made(goal: str, said: str, place: str = "青禾市", day: str = "2032-01-20", **more: str) -> list[FollowupRow]:
        plan = PLAN.format(place=more.get("planned", "青禾市"), topic="水污染治理", goal=goal)
        report = REPORT.format(place=place, topic="水污染治理", day=day, said=said)
        rows = read((("plan.txt", plan.encode()), ("report.txt", report.encode())), book)
        return follow(of(rows), book)

    return made


@pytest.mark.parametrize(
    ("goal", "said", "verdict"),
    [
        ("2031年底前新建泵站12座", "2031年新建泵站12座", "reached"),
        ("2031年底前新建泵站12座", "2031年，全市共建成泵站13座", "reached"),
        ("2031年底前新建泵站12座", "2031年新建泵站11座", "not_reached"),
        ("2031年底前新建泵站12座", "2031年新建泵站近12座", "not_reached"),
        ("2031年底前修复湿地1.2万亩", "2031年修复湿地12100亩", "reached"),
        ("2031年底前完成管网改造30公里", "2031年改造管网31公里", "reached"),
        ("到2031年，城市污水处理率达到95%以上", "2031年，城市污水处理率达到95%", "reached"),
        ("到2031年，城市污水处理率达到95%以上", "2031年，全市城市污水处理率达到九成", "not_reached"),
        ("2031年PM2.5平均浓度控制在32微克/立方米以内", "2031年PM2.5年均浓度为31微克/立方米", "reached"),
        ("到2033年，城市污水处理率达到95%以上", "2031年，城市污水处理率达到96%", "open"),
        ("到2033年，城市污水处理率达到95%以上", "2031年，城市污水处理率达到94%", "open"),
        ("到2031年，全市空气质量优良天数比例达到88%以上", "2031年，全市优良天数比例为89.2%", "reached"),
        ("到2031年，国控断面水质优良比例达到90%", "2031年，国控断面优良水质比例达到91%", "reached"),
        ("到2031年，单位GDP能耗较2025年下降10%", "2031年，单位地区生产总值能耗较2025年下降11%", "reached"),
        ("2031年底前新建泵站12座", "2031年新建泵站约12座", "open"),
        ("到2033年，新建泵站12座", "2031年新建泵站13座", "reached"),
        ("到2031年，新增造林5万亩", "2031年新增造林6万亩", "reached"),
        ("到2031年，工业用水量控制在2亿立方米以内", "2031年工业用水量为1.9亿立方米", "reached"),
        ("到2033年，工业用水量控制在2亿立方米以内", "2031年工业用水量为1.9亿立方米", "open"),
    ],
)
def test_linked(goal: str, said: str, verdict: str, link: Callable[..., list[FollowupRow]]) -> None:
    assert [row.verdict for row in link(goal, said)] == [verdict]


@pytest.mark.parametrize(
    ("goal", "said", "verdict"),
    [
        ("到2033年，新建泵站12座", "2033年新建泵站4座", "open"),
        ("到2033年，新增造林5万亩", "2033年新增造林1万亩", "open"),
        ("到2033年，新建泵站12座", "截至2033年底，累计新建泵站11座", "not_reached"),
        ("2033年新建泵站12座", "2033年新建泵站4座", "not_reached"),
        ("到2033年，城市污水处理率达到95%以上", "2033年，城市污水处理率达到94%", "not_reached"),
        ("到2033年，工业用水量控制在2亿立方米以内", "2033年工业用水量为2.1亿立方米", "not_reached"),
    ],
)
def test_one_year_of_several_misses_nothing(goal: str, said: str, verdict: str, link: Callable[..., list[FollowupRow]]) -> None:
    assert [row.verdict for row in link(goal, said, day="2034-01-20")] == [verdict]


@pytest.mark.parametrize(
    ("goal", "said", "more"),
    [
        ("2031年底前新建泵站12座", "2031年新建泵站12座", {"place": "青禾县"}),
        ("2031年底前新建泵站12座", "2031年新建泵站12座", {"place": "青禾市城东区"}),
        ("2031年底前新建泵站12座", "2031年新建泵站12座", {"day": "2031-02-20"}),
        ("2031年底前新建泵站12座", "2030年新建泵站12座", {}),
        ("2031年底前新建泵站12座", "2033年新建泵站12座", {"day": "2034-01-20"}),
        ("2031年底前新建泵站12座", "2032年上半年新建泵站3座", {"day": "2032-07-10"}),
        ("2031年底前新建泵站12座", "2031年拆除泵站12座", {}),
        ("2031年底前新建泵站12座", "2031年新建泵站12处", {}),
        ("2031年底前改造管网12公里", "2031年改造管网12000米", {}),
        ("到2031年，城市污水处理率达到95%", "2031年，农村污水处理率达到96%", {}),
        ("到2031年，城市污水处理率达到95%", "2031年，城市污水处理率提高3个百分点", {}),
        ("到2031年，城市污水处理率达到95%", "2031年，中心城区城市污水处理率达到96%", {}),
        ("2031年底前，第一污水处理厂日处理能力达到8万吨", "2031年，第二污水处理厂日处理能力达到8万吨", {}),
        ("2031年底前完成任务12项", "2031年完成任务12项", {}),
        ("市水务局每月检查泵站不少于12座", "2031年检查泵站12座", {}),
        ("到2031年，单位GDP能耗较2025年下降10%", "2031年，单位GDP能耗同比下降10%", {}),
        ("2031年底前新建泵站12座", "2031年新建泵站12座", {"place": "城关区", "planned": "城关区"}),
    ],
)
def test_never_linked(goal: str, said: str, more: dict[str, str], link: Callable[..., list[FollowupRow]]) -> None:
    assert [(row.indicator, row.plan_text, row.report_text) for row in link(goal, said, **more)] == []


SETTLED = "{place}第二轮省生态环境保护督察{topic}\n发布时间：{day}\n一、工作{part}\n{said}。\n"


@pytest.fixture
def settle(book: Rulebook) -> Callable[..., list[tuple[str, str, str, str]]]:
    """The links between a plan and a report on one inspection: rule, both values, verdict."""

    def made(
        goal: str, said: str, day: str = "2032-01-20", place: str = "青禾市", round_: str = "第二轮"
    ) -> list[tuple[str, str, str, str]]:
        plan = SETTLED.format(place="青禾市", topic="整改方案", day="2031-03-01", part="目标", said=goal)
        report = SETTLED.format(place=place, topic="整改工作进展情况", day=day, part="进展", said=said).replace("第二轮", round_)
        rows = read((("plan.txt", plan.encode()), ("report.txt", report.encode())), book)
        return [
            (row.rule.removeprefix("followup-"), f"{row.plan_value}", f"{row.report_value}", row.verdict) for row in follow(of(rows), book)
        ]

    return made


@pytest.mark.parametrize(
    ("goal", "said", "found"),
    [
        ("2031年底前完成督察反馈问题整改43个", "督察反馈的43个问题已完成整改43个", ("count", "43", "43", "reached")),
        ("2031年底前完成督察反馈问题整改43个", "督察反馈的43个问题已完成整改41个", ("count", "43", "41", "not_reached")),
        ("2032年底前完成督察反馈问题整改43个", "督察反馈的43个问题已完成整改41个", ("count", "43", "41", "open")),
        ("2031年底前完成整改任务43项", "43项整改任务已完成41项", ("count", "43", "41", "not_reached")),
        ("2031年底前完成入河排污口整治96个", "入河排污口96个，已整治90个", ("count", "96", "90", "not_reached")),
        ("2031年底前完成64个行政村生活污水治理", "64个行政村生活污水治理任务已完成64个", ("count", "64", "64", "reached")),
        ("2031年底前入河排污口整治率达到90%以上", "入河排污口96个，已整治90个", ("count", "90", "93.8", "reached")),
        ("督察反馈的43个问题全部完成整改", "督察反馈的43个问题已完成整改41个", ("tally", "43", "41", "open")),
    ],
)
def test_numbers_to_be_done_are_held_against_tallies(
    goal: str, said: str, found: tuple[str, ...], settle: Callable[..., list[tuple[str, ...]]]
) -> None:
    assert settle(goal, said) == [found]


def test_shares_of_a_total_are_told_by_their_days(settle: Callable[..., list[tuple[str, ...]]]) -> None:
    goal, said = "整改任务58项，2031年完成45项、2032年完成13项", "截至{}年12月底，整改任务共58项，已完成{}项"
    assert ("count", "45", "47", "reached") in settle(goal, said.format(2031, 47))
    assert ("count", "13", "12", "not_reached") in settle(goal, said.format(2032, 57), day="2033-01-20")
    assert ("count", "13", "13", "reached") in settle(goal, said.format(2032, 58), day="2033-01-20")


@pytest.mark.parametrize(
    ("goal", "said", "more"),
    [
        ("2031年底前完成督察反馈问题整改43个", "督察反馈的43个问题已完成整改43个", {"place": "青禾县"}),
        ("2031年底前完成督察反馈问题整改43个", "督察反馈的43个问题已完成整改43个", {"round_": "第一轮"}),
        ("2031年底前完成督察反馈问题整改43个", "督察反馈的26个问题已完成整改26个", {}),
        ("2031年底前完成督察反馈问题整改43个", "43项整改任务已完成43项", {}),
        ("2031年底前完成入河排污口整治96个", "入河排污口96处，已完成整治90处", {}),
        ("2031年底前拆除旧码头9座", "旧码头9座，已完成改造6座", {}),
        ("排查入河排污口96个", "入河排污口96个，已整治90个", {}),
        ("2031年底前中心城区完成入河排污口整治96个", "入河排污口96个，已整治90个", {}),
        ("2031年底前督察反馈问题整改率达到100%", "督察反馈的26个问题已完成整改26个", {}),
        ("2031年底前污水处理率达到95%", "污水处理厂96座，已完成改造90座", {}),
    ],
)
def test_numbers_of_other_matters_are_never_linked(
    goal: str, said: str, more: dict[str, str], settle: Callable[..., list[tuple[str, ...]]]
) -> None:
    assert settle(goal, said, **more) == []


def target(operator: str, value: str, high: str = "", change: str = "level") -> TargetRow:
    from extract.tables.schema import TargetRow

    blank: dict[str, Any] = dict.fromkeys(TargetRow._fields)
    blank |= {"operator": operator, "base_value": Decimal(value), "base_value_high": Decimal(high) if high else None, "change": change}
    return TargetRow(**blank)


@pytest.mark.parametrize(
    ("plan", "result", "lower", "graded", "verdict"),
    [
        ((">=", "95"), ("=", "95"), False, False, "reached"),
        ((">", "95"), ("=", "95"), False, False, "not_reached"),
        ((">", "95"), (">", "95"), False, False, "reached"),
        (("<=", "32"), ("=", "33"), False, False, "not_reached"),
        (("<", "32"), ("<", "32"), False, False, "reached"),
        (("=", "32"), ("=", "31"), True, False, "reached"),
        (("=", "32"), ("=", "31"), False, False, "not_reached"),
        (("=", "3", "5"), ("=", "4"), False, False, "reached"),
        (("=", "6", "9"), ("=", "9"), True, False, "reached"),
        ((">=", "600"), ("<", "600"), False, False, "not_reached"),
        ((">=", "600"), ("<", "700"), False, False, "open"),
        ((">=", "600"), (">", "300"), False, False, "open"),
        ((">=", "600"), ("~", "900"), False, False, "open"),
        (("~", "600"), ("=", "900"), False, False, "open"),
        (("=", "20", "", "decrease"), ("=", "21", "", "decrease"), True, False, "reached"),
        (("=", "3"), ("=", "2"), False, True, "reached"),
        ((">=", "3"), ("=", "4"), False, True, "not_reached"),
        ((">=", "3"), (">=", "3"), False, True, "reached"),
    ],
)
def test_values_decide(plan: tuple[str, ...], result: tuple[str, ...], lower: bool, graded: bool, verdict: str) -> None:
    assert compare(target(*plan), target(*result), lower_is_better=lower, graded=graded) == verdict


LIST = """青禾市{round}省生态环境保护督察整改任务清单
发布时间：2031-03-01

1.部分河道底泥污染严重，清淤工作滞后。
整改目标：完成清淤。
整改时限：2031年9月底前

2.餐饮油烟扰民问题突出，净化设施安装率低。
整改目标：油烟达标排放。
整改时限：2031年9月底前
"""
NOTICE = """青禾市{round}省生态环境保护督察{title}
发布时间：2031-10-20

一、反馈问题
{problem}
二、整改时限
2031年9月底前
三、整改完成情况
{status}。
"""
TABLE = """# 青禾市{round}省生态环境保护督察整改进展情况

> 发布日期：2031-10-20

| 序号 | 反馈问题 | 整改时限 | 完成情况 |
| --- | --- | --- | --- |
| {label} | {problem} | 2031年9月底 | {status} |
"""
OIL = "餐饮油烟扰民问题突出，净化设施安装率低"


@pytest.mark.parametrize(
    ("form", "facts", "found"),
    [
        (NOTICE, {"title": "第2项整改任务完成情况公示"}, [("第2项", "reached")]),
        (NOTICE, {"title": "第二项问题整改情况公示", "status": "正在推进"}, [("第2项", "not_reached")]),
        (NOTICE, {"title": "第2项整改任务完成情况公示", "round": "第一轮"}, []),
        (NOTICE, {"title": "第2项整改任务完成情况公示", "round": ""}, [("第2项", "reached")]),
        (NOTICE, {"title": "第1项整改任务完成情况公示"}, []),
        (NOTICE, {"title": "第2项整改任务完成情况公示", "problem": "养殖场粪污直排，沟渠黑臭。"}, []),
        (NOTICE, {"title": "整改完成情况公示"}, []),
        (TABLE, {"label": "第2项"}, [("第2项", "reached")]),
        (TABLE, {"label": "2"}, [("第2项", "reached")]),
        (TABLE, {"label": "2", "problem": "餐饮企业油烟净化管理不严"}, []),
    ],
)
def test_numbered_problems(form: str, facts: dict[str, str], found: list[tuple[str, str]], book: Rulebook) -> None:
    whole = {"round": "第二轮", "problem": OIL, "status": "已完成", "label": "", "title": ""} | facts
    name = "report.md" if form is TABLE else "report.txt"
    rows = read((("list.txt", LIST.format(round="第二轮").encode()), (name, form.format(**whole).encode())), book)
    links = follow(of(rows), book)
    assert [(row.indicator, row.verdict) for row in links] == found


def test_days_of_publication(cities: Made) -> None:
    row = cities["documents"][0]
    assert published(row._replace(published="2031-02-03")) == Span(date(2031, 2, 3), date(2031, 2, 3))
    assert published(row._replace(published="2031-02")) == Span(date(2031, 2, 1), date(2031, 2, 28))
    assert published(row._replace(published="2031")) == Span(date(2031, 1, 1), date(2031, 12, 31))
    assert published(row._replace(published="2031-02-30")) is None
    assert published(row._replace(published="")) is None


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"published": "2031-02"}, "2031-02"),
        ({}, "2032-04-25"),
        ({"doc_id": "0" * 16, "doc_number": "青政发〔2031〕7号"}, "2031"),
        ({"doc_id": "1" * 16, "doc_type": "progress"}, "2032"),
        ({"doc_id": "1" * 16, "doc_type": "plan"}, "2031"),
        ({"doc_id": "2" * 16}, None),
    ],
)
def test_documents_without_a_day_of_publication(facts: dict[str, Any], told: str | None, cities: Made) -> None:
    document = cities["documents"][0]._replace(**({"published": "", "doc_number": ""} | facts))
    day = cities["dates"][0]._replace(doc_id=cities["documents"][0].doc_id, kind="meeting", end_date=date(2032, 4, 25))
    title = day._replace(doc_id="1" * 16, kind="period", precision="year", start=3, end_date=date(2031, 12, 31))
    found = dated({document.doc_id: document}, [day, title])
    assert (found[document.doc_id].published if found else None) == told


def test_a_name_that_many_places_bear_is_no_place(book: Rulebook, cities: Made) -> None:
    words, row = Words.of(book), cities["documents"][0]
    assert words.place(row._replace(region="城关区", title="城关区总结")) == ""
    assert words.place(row._replace(region="青禾市", title="青禾市总结")) == "青禾市"
    assert words.place(row._replace(region="青禾市", title="青禾市柳溪镇总结")) == "青禾市柳溪镇"
    assert words.place(row._replace(region="青禾市", title="青禾市城镇污水处理方案")) == "青禾市"
    assert words.place(row._replace(region="青禾市", title="关于青禾市老旧小区改造的报告")) == "青禾市"


def test_many_documents_are_joined_in_proportion(book: Rulebook, cities: Made) -> None:
    """Twice the plans and reports of one thing give twice the links at most, and every row is looked at as often as before."""

    def asked(times: int) -> tuple[int, int]:
        reads = Counter[str]()
        rows = {name: [row for copy in range(times) for row in map(renamed(copy), listed)] for name, listed in cities.items()}

        def source(name: str, documents: Container[str] | None = None) -> Iterable[Any]:
            found = list(of(rows)(name, documents))
            reads[name] += len(found)
            return found

        return len(follow(source, book)), reads.total()

    def renamed(copy: int) -> Callable[[Any], Any]:
        mark = f"{copy:03}"
        return lambda row: row._replace(
            **{name: cell[:13] + mark + cell[16:] for name, cell in row._asdict().items() if name.endswith("_id") and cell}
        )

    (some, once), (many, twice) = asked(10), asked(20)
    assert twice == 2 * once
    assert many <= 2.1 * some
