"""Targets and tallies of single sentences, read as one passage of a plan or a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.model import Header, Node, Outline, Passage, Quantity, Role, Span
from extract.pipeline import convert
from extract.records import LEFT
from extract.records.numerals import claim_numerals, ordinal_claims
from extract.records.sentences import hide_glosses, show_counts, show_names, show_parts, valued_sentences
from extract.records.tallies import find_tallies
from extract.records.targets import find_targets
from extract.rulebook import Rulebook, load
from extract.rulebook.where import default_rules
from extract.values.mask import find_values

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yml").read_text(encoding="utf-8"))
PUBLISHED = {"measure": date(2023, 6, 1), "other": date(2023, 6, 1), "progress": date(2023, 11, 1)}
DOC_TYPE = {"measure": "plan", "other": "plan", "progress": "progress"}


def _item(text: str, role: Role) -> Node:
    """The one item of a text, without a heading."""
    return Node(0, None, 1, 1, "", "number", role, None, None, (Span(0, len(text)),), 0, len(text))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load(default_rules())


def read(text: str, role: Any, rulebook: Rulebook, doc_type: str = "") -> tuple[list[str], list[str]]:
    """The targets and tallies of a text, each told in one line as the cases tell them."""
    header = Header(doc_type=doc_type or DOC_TYPE[role], anchor=PUBLISHED[role])  # type: ignore[arg-type]
    outline = Outline(header, (_item(text, role),), (), (Passage("body", 0, len(text), 0, role),))
    view = find_values(text, header.anchor, None, rulebook.lookup("units"))
    shaded = hide_glosses(view.masked)
    found = list(valued_sentences(outline, view, shaded))
    claims = [*ordinal_claims(view), *claim_numerals(found, view, show_parts(shaded, view), rulebook)]
    taken = {claim.start for claim in claims if claim.rule not in LEFT}
    tallies, counted = find_tallies(found, view, show_counts(show_names(shaded, view, claims), view), rulebook, taken)
    read_twice = {claim.start for claim in counted}
    claims = [claim for claim in claims if claim.rule not in LEFT or claim.start not in read_twice]
    parted = show_names(show_parts(shaded, view, {claim.end for claim in counted}), view, claims)
    targets, _ = find_targets(found, outline, view, parted, rulebook, [*claims, *counted])
    told = [" | ".join((t.kind, t.indicator, t.change, t.operator + amount(t.quantity), str(t.due or "-"))) for t in targets]
    parts = [" | ".join(str("-" if x is None else x) for x in (t.subject, t.total, t.done, t.ongoing, t.pending)) for t in tallies]
    return told, parts


def amount(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:20] for case in CASES])
def test_figures(case: dict[str, Any], rulebook: Rulebook) -> None:
    targets, tallies = read(case["text"], case["role"], rulebook, case.get("doc_type", ""))
    assert targets == case.get("targets", [])
    assert tallies == case.get("tallies", [])


def test_every_row_points_at_its_clause(rulebook: Rulebook) -> None:
    """A target's clause holds its number; no number makes two targets but where one number serves several indicators."""
    for case in CASES:
        text = case["text"]
        outline = Outline(Header(), (_item(text, "measure"),), (), (Passage("body", 0, len(text), 0, "measure"),))
        view = find_values(text, None, None, rulebook.lookup("units"))
        shaded = hide_glosses(view.masked)
        found = list(valued_sentences(outline, view, shaded))
        targets, _ = find_targets(found, outline, view, shaded, rulebook, [])
        for target in targets:
            assert target.start <= target.quantity.start < target.quantity.end <= target.end


def test_a_report_tells_of_the_year_to_come_and_of_the_plan_before(rulebook: Rulebook) -> None:
    budget = "青石县2030年财政预算执行情况和2031年财政预算草案的报告\n\n一、2030年预算执行情况\n县级收入完成12.6亿元，增长5.3%。\n二、2031年预算草案\n县级收入安排13.3亿元。\n"
    plan = "青石县“十五五”节水方案\n\n“十四五”期间，用水强度下降14.2%。\n一、主要目标\n到2030年，用水强度下降12%。\n"
    for text, kinds in ((budget, ["result", "result", "target"]), (plan, ["result", "target"])):
        assert [row.kind for row in convert(text.encode(), "a.txt", rulebook).rows.targets] == kinds


@pytest.mark.parametrize(("heading", "kind"), [("家底要算清，短板更要认清", "result"), ("节奏要加快，要求更要严格", "target")])
def test_a_section_of_a_speech_tells_by_its_heading_what_its_figures_are(heading: str, kind: str, rulebook: Rulebook) -> None:
    text = f"在全县河长制工作会议上的讲话\n（2031年3月2日）\n同志们：\n下面，我讲两点意见。\n\n一、{heading}\n\n清理河道垃圾1260吨，整治排口48处。\n二、责任要扛牢\n各镇要抓好落实。\n"
    rows = convert(text.encode(), "a.txt", rulebook).rows.targets
    assert [(row.kind, row.unit) for row in rows] == [(kind, "吨"), (kind, "处")]


def test_what_opens_with_the_next_step_is_to_come(rulebook: Rulebook) -> None:
    text = "青石县环境问题整改情况报告\n一、存在问题\n去年整改积水点14处。\n二、下一步重点任务2031年主要目标：集中供热率提高2个百分点。\n青石县人民政府\n2031年1月9日\n"
    rows = convert(text.encode(), "a.txt", rulebook).rows.targets
    assert [(row.kind, str(row.due or "")) for row in rows] == [("result", ""), ("target", "2031-12-31")]


def test_an_indicator_does_not_grow_from_share_to_share(rulebook: Rulebook) -> None:
    rows = convert(("甲" + "占3%、" * 400 + "乙。").encode(), "a.txt", rulebook).rows.targets
    assert rows
    assert max(len(row.indicator) for row in rows) < 150


def test_marks_of_half_width_are_read_as_those_of_full_width(rulebook: Rulebook) -> None:
    """Sites print a comma, a colon or a bracket in either width, and whole texts in the one or the other."""
    text = (
        "青石县督察整改工作进展情况报告\n\n反馈的31项问题（其中牵头24项、配合7项），已销号23项，正在推进8项；"
        "按区域分类，其中：东坡镇12件、西坡镇19件。\n2031年完成造林1,240亩，治理侵蚀沟31条：其中，大型沟8条。\n"
    )
    narrow = text.translate(str.maketrans("，；：（）", ",;:()"))
    wide_rows, narrow_rows = (convert(one.encode(), "a.txt", rulebook).rows for one in (text, narrow))
    assert len(wide_rows.tallies) > 4
    for table in ("tallies", "targets"):
        wide, found = getattr(wide_rows, table), getattr(narrow_rows, table)
        assert [(row.start, row.end, row.rule) for row in found] == [(row.start, row.end, row.rule) for row in wide]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "省督察组转办我市投诉案件12批146件（来电96件、来信50件，其中重点关注案件18件），已办结131件（属实102件，不属实29件）。",
            [("投诉案件", 146), ("来电", 96), ("来信", 50), ("重点关注案件", 18), ("属实投诉案件", 102), ("不属实投诉案件", 29)],
        ),
        ("移交各县区办理的十八批共2130件信访件（重复64件），各地上报办结1987件。", [("信访件", 2130), ("重复信访件", 64)]),
        ("改造泵站12座（主泵站5座、副泵站7座）。", []),
        ("召开推进会12次（其他略）。", []),
        (
            "一、推广的创新举措（共18项）\n（一）人才服务方面6项：人才房制度。\n（二）金融服务领域（共12项）\n",
            [("创新举措", 18), ("人才服务方面创新举措", 6), ("金融服务领域创新举措", 12)],
        ),
        ("一、人才服务方面6项：人才房制度。\n", []),
    ],
)
def test_brackets_that_say_how_a_count_is_made_up(text: str, told: list[tuple[str, int]], rulebook: Rulebook) -> None:
    """Brackets that share a count out, or hold how many there are, are read; other explanations stay hidden."""
    rows = convert(f"江州市工作进展情况报告\n\n{text}".encode(), "a.txt", rulebook).rows.tallies
    assert [(row.subject, row.total) for row in rows] == told


def test_a_bulletin_reports(rulebook: Rulebook) -> None:
    """What a bulletin tells of its year is a result and due by no day, though no word says that it was reached."""
    text = "2032年青禾市水环境状况公报\n一、河流水质\n全年主要河流断面水质达到Ⅲ类标准，氨氮平均浓度为0.8毫克/升。\n"
    rows = convert(text.encode(), "notice.txt", rulebook).rows
    assert [row.kind for row in rows.targets] == ["result", "result"]
    assert not any(row.due for row in rows.targets)
    assert [row.kind for row in rows.dates] == ["period", "period"]


def test_the_name_of_an_item_tells_what_is_built_in_its_parts(rulebook: Rulebook) -> None:
    text = (
        "青石县民生工作方案\n一、工作任务\n1.公共厕所：6月底前新建成2座；9月底前完成5座建设任务。\n2.社区助餐桌位：6月底前新增80个桌位。\n"
    )
    rows = convert(text.encode(), "a.txt", rulebook).rows.targets
    assert [(row.indicator.removesuffix("新建成"), row.value) for row in rows] == [("公共厕所", 2), ("公共厕所", 5), ("社区助餐桌位", 80)]


def test_orders_hold_for_all_parts_of_a_sentence_that_tells_nothing_done(rulebook: Rulebook) -> None:
    head = "青石县召开生态环境保护工作会议\n2031年3月2日\n"
    for told, kind in (("2031年要新建泵站3座", "target"), ("全县已新建泵站3座，其余计划6月底前建成", "result")):
        rows = convert(f"{head}会议指出，{told}；再生水利用率达到31%。\n".encode(), "a.txt", rulebook).rows.targets
        assert rows[-1].kind == kind


STORIES = {
    "target": [
        "近日，青石县印发《造林规划》。《规划》提出，全县采伐限额控制在7万立方米以内。苗木成活率提高到92%，林道密度达到每公顷8米。",
        "方案明确，三年改造户厕2.3万座，普及率达到90%。每个村配备1名管护员。",
        "该规划列出一批项目，规划总投资6.3亿元，预期收益1.7亿元。",
        "通知要求，各镇储备防汛沙袋6000条，组建抢险队伍14支。",
        "县委、县政府决定重点整治12条黑臭水体，投入资金2.3亿元。",
        "大气环境目标。东坡镇、西坡镇优良天数比例92%；白沙镇85%。",
        "项目建成后，可新增日烘干能力320吨，服务农户1.8万户。",
        "石坝镇养老院将于9月启用。该院可开设护理间40间，收住老人140名。",
        "代表建议增设公交站点12个、配备充电桩40个。",
        "该公司计划投资3亿元建设生产线4条。",
        "东坡片区将有7所乡村书屋。",
        "副县长王某要求，每个项目安排2名技术员驻点，组建抢险队6支。",
    ],
    "result": [
        "茶园改造工程累计完成面积3200亩，占计划面积的83%；完成投资1.3亿元，占概算投资71%。",
        "全县登记藏品840件，陶瓷类藏品63件，占全部的比例为7.5%；钱币类藏品210件，占全部的比例为25%。",
        "全县制作宣讲“三分钟识林火”等科普短片16部；答复市民来电930次，回访率97%。",
        "公园现有停车场3个，可停放车辆500辆。",
        "按照市里要求，全县清理沟渠12公里，拆除堆棚9处。",
        "2030年居民人均收入3.1万元，比上年增长6.2%。其中，城镇居民收入4.2万元，增长5.1%。",
        "一年来，我局坚持预防为主，签订责任书600份。火灾受害率控制在0.3‰以内。",
        "污水厂建成后，已累计处理污水300万吨。",
        "根据方案要求，全县完成清淤12公里。",
        "全县下达处罚决定136份，罚没金额89万元。",
        "过去五年，我们大力发展工业。规模以上企业达到86家，产销率保持在98%以上，研发投入增长9%以上。",
    ],
}


@pytest.mark.parametrize(("kind", "story"), [(kind, story) for kind, stories in STORIES.items() for story in stories])
def test_a_story_tells_of_aims_and_of_what_was_done(kind: str, story: str, rulebook: Rulebook) -> None:
    rows = convert(f"青石县农村供水记事\n\n{story}\n".encode(), "a.txt", rulebook).rows.targets
    assert len(rows) > 1 or "有7所" in story or "清淤" in story or "300万吨" in story
    assert {row.kind for row in rows} == {kind}


def test_decisions_of_a_meeting_without_items(rulebook: Rulebook) -> None:
    """What minutes decide in plain paragraphs is to be done; what the meeting heard before is told."""
    heard = "会议听取了县水利局的汇报，已清淤渠道31公里。\n\n会议同意从预备费列支47万元，购置清淤船两艘。"
    minutes = f"石溪县人民政府常务会议纪要\n\n2031年3月5日，县长何某主持召开县政府常务会议。\n\n{heard}\n"
    rows = convert(minutes.encode(), "a.txt", rulebook).rows.targets
    assert [(row.kind, row.value) for row in rows] == [("result", 31), ("target", 47), ("target", 2)]


PAPERS = [
    ("关于石坝镇供水工程可行性研究报告的批复\n县水务局：\n建设规模2.3万吨，管道18公里。\n二、投资估算：总投资1.4亿元。\n", ["target"] * 3),
    (
        "县水务局2030年工作总结\n新增供水户620户。\n2031年工作要点\n（一）扩容提质。新建泵站4座。\n（二）扩面。招聘管护员26名。\n",
        ["result", "target", "target"],
    ),
    (
        "青石县政府工作报告\n过去一年，我们改造管网63公里。\n2031年主要预期目标：优良率85%。\n重点抓好以下工作：改造小区46个。\n",
        ["result", "target", "target"],
    ),
    ("石坝镇信访答复意见书\n经核查，该场存栏生猪820头。已责令15日内清运粪污260吨。\n", ["result", "target"]),
]


@pytest.mark.parametrize(("text", "kinds"), PAPERS, ids=[text[:12] for text, _ in PAPERS])
def test_papers_that_lay_down_and_parts_that_look_ahead(text: str, kinds: list[str], rulebook: Rulebook) -> None:
    assert [row.kind for row in convert(text.encode(), "a.txt", rulebook).rows.targets] == kinds


def test_a_paragraph_of_news_that_opens_with_the_end_of_a_year_to_come_tells_of_aims(rulebook: Rulebook) -> None:
    page = "青禾县部署粪污利用\n\n2031-05-02 来源：青禾日报\n\n县里印发了方案。\n\n{}完成养殖场改造。全县粪污利用率达到83%以上。\n"
    kinds = {
        opening: [row.kind for row in convert(page.format(opening).encode(), "a.txt", rulebook).rows.targets]
        for opening in ("2033年底前，", "2030年底，")
    }
    assert kinds == {"2033年底前，": ["target"], "2030年底，": ["result"]}
