"""What words tell is to come: orders and plans before a number, and the papers and meetings whose aims a paragraph retells."""

from __future__ import annotations

import regex

_NUMBER = r"[\d一二三四五六七八九十两]"
_WORKS = r"(?:新建|扩建|改建|改造|拆除|安装|更换|建设|铺设|整治|修复|搬迁|清理|配备|增配|补植|补种)"
_MUST = (
    r"(?<![主重需必首紧纲摘简扼纪概提次])要(?![求点素件闻]|(?:清醒|充分|深刻|冷静|客观)?地?(?:看到|认识|估计))|(?<![必无龙])须"
    r"|(?<![相响反适对效供占回呼照顺感答策])应(?![急用对答]|\p{Han}尽|\p{Han}{1,6}的|[^，。；\d]{1,12}\d[^，。；]{1,6}[，、](?:已|实|现已|按期|其中已))"
    r"|拟(?![任稿办]|定(?![为于在])|立案|追究|[处移罚问])|务必|不得|不能"
)
_SHALL = (
    r"将(?:再|陆续|分批|全面|继续|逐步|累计|进一步)?(?:新[增建]|[于在]|建[成设]|完成|投入|实施|开[展设通园馆业放工]|安排|达|实现|提[高供]|增[加设]|改造|治理|整治|推进|打造"
    r"|培育|引进|投资|发放|降至|控制|覆盖|惠及|配备|安装|铺设|有(?![关效序])|突破|形成|带动|缩短|减少|节[约省]|创造|吸引|选[派聘]|招[聘募]|设立)"
)
_PLANNED = (
    rf"(?<![必急不无所刚供])需(?:要)?{_WORKS}(?={_NUMBER}|$)"
    r"|(?<!年度|列入|纳入|行动|工作|整改|改善|提升|培育|资助|扶持|倍增|攻坚|帮扶|人才|三年|五年|培训|生产|种植|投资|规划|[占按原比超较总]|超出|超过|高于|低于|多于|少于)"
    r"计划(?![的数总内期多少快慢类书表单]|提前|投资(?!\d)|目标|任务|安排|里程|规模|面积|长度|户数|人数|产[量能]|工期|进度|项目|指标|生育|经济)"
    rf"|争取(?:{_NUMBER}|[今明本]年|年[内底]|月底|[在于]|到(?!位)|早日|尽[早快]|全[年市县省面部]|再|让|使|提前|率先|逐步|实现|完成|达到|做到|建成)"
)
_SIZED = regex.compile(
    r"(?<![\p{Han}])(?:[^，。；：、占\n]{0,14}(?<!完成|占|累计|核定))?(?:(?<!年度)计划|规划|预期|(?:拟建|新建|该)(?:项目|工程)[^，。；\n]{0,6}设计)(?:新增|总|年|日|建设)*"
    r"(?:投资|用地(?:面积)?|占地(?:面积)?|建筑面积|面积|产[能值量]|能力|规模|里程|长度|工期|总额|库容|容积|收益|[节用供]水量)(?:约|近|达|为|共)*$"
)
"""The size of what is planned, right before its number: 规划用地|45亩, 计划总投资|6800万元."""
_DONE_WITH = (
    r"(?:建成|投产|达产|投用|投运|竣工|完工|贯通|通车|投入使用)(?:并?(?:投产|达产|投用|投运|运营|通车|投入使用))?[以之]?后，?"
    r"(?=[^，。；已]{0,12}(?:[可将能年日]|新增|预计))(?![^。；]{0,10}(?:已|累计|先后))"
)
"""项目建成后，可…: what a thing will do once it is there."""
_WANTED = (
    rf"建议(?:尽[快早]|适当|适时|及时|进一步|应当?|在[^，。；\n]{{1,16}})*(?:修建|增设|增加|设立|实施|加大|提高|投入|拨付|列支|选址|{_WORKS})"
    r"|建议(?=[到将把]|力争|\d{4}年)|责令[^，。；\n]{0,10}(?:日内|月内|限期内|[底月日]前)"
    r"|(?<![作做][出了]?|[的本此该各项重罚可准理分免议])决定(?=[，：从在对将由用把投新建重实开成设拿向给安自为到以]|\d{4}年)|(?<![据照按对实合][^，。；\n]{0,16})(?:会议|通知|方案|意见|批示|领导)(?:还|强调|明确)*要求(?=[，：]|[各在到全对加确按从年])"
)
_ASKED = regex.compile(
    r"(?:^|(?<=[，。；\n]))(?![^，。；\n]{0,12}(?:[按据照合达到对的根]|满足|有关|相关|工作|整改|质量|标准|进度|目标|技术|规范))[^，。；\n]{1,12}要求(?=[，：])"
)
"""What somebody asks for (县政府要求，…); it may begin anywhere, so that it is sought only where this is said."""
_PLAN = regex.compile("计划|规划|预期|设计")
_WILL = regex.compile("|".join((_MUST, _SHALL, _PLANNED, _DONE_WITH, _WANTED)))
GOALS = regex.compile(r"目标(?:任务)?(?:主要)?(?:[是为：]|有|如下|包括)")
"""我县今年的目标任务主要有…: all that follows in the sentence is to come."""
_MAY = regex.compile(
    r"(?:(?<![许认])可以?|(?<![功性职技产可不才])能够?)(?=新增|增加|减少|节[约省]|开设|容纳|提供|满足|解决|实现|停放|接待|处理|覆盖|惠及|带动)"
)
"""该园|可|开设9个班: so it will be where what is told of is still to come."""
_IS = regex.compile(r"(?<![对将把就从按])已(?!批)|现有|原有|目前")
_RETELLS = regex.compile(
    r"(?:^|(?<=[，。；\n]))(?!(?:严格)?(?:按|根据|依据|对照|围绕|贯彻|落实|针对|结合|达到|符合|满足|完成)|[^，。；\n]{1,20}(?:按照|根据|依据|依照|遵照))[^，。；\n]{0,30}?"
    r"(?:》|规划|方案|计划|意见|通知|办法|要点|文件|纲要)(?:还|同时|进一步|中|明确)*(?:提出|明确|要求|强调|规定|确定|谋划了?)(?=[，：到在]|\d{1,4}|全[省市县区]|新)"
)
"""《规划》提出，…: what is told of a paper is that paper's aim, also in the sentences that follow."""
_AIM_BEHIND = regex.compile(r"(?:、[^，。；、\n]{2,20}[\ue000])?[\ue000]*的[^，。；、的\n]{0,6}目标(?=[，。；、值）]|$)")
"""超额完成总磷浓度下降4%的|改善目标: the number is that of an aim."""
_REACHED_PART = regex.compile(r"(?<!未能?)(?:达到|完成)了?$")
_AIM_BEFORE = regex.compile(r"(?:考核|任务|计划|年度|目标|约束性?)(?:指标|任务|目标|数)(?:为|是)?$")
_THEN_DONE = regex.compile(r"\p{Han}?，(?:实际|已|累计|共|全年|目前|现)*(?:完成|实现|达到?)(?=[\ue000\p{Han}])")
"""考核指标2.1万亩，|完成2.6万亩: what was to be done is told before what was done."""
_ASSIGNED = regex.compile(r"(?:[，；][^。；（(\n]{0,40}){0,3}。?[（(](?:牵头|责任|负责|承办|主办|配合)(?:单位|部门|领导|人)?[:：]")
_DONE = regex.compile(r"(?<![对将把就从按])已|完成|累计|共(?!同|建|享)|实际|达到?|了")
_PURPOSE = regex.compile(r"\s*为了?(?:进一步|切实|有效|全面|深入)*(?=[^，。；\d]{4})[^，。；]{4,60}，")
"""为确保群众用气安全，…: to what end something was done."""
_AIM_FIRST = regex.compile(r"(?:[（(]?[一二三四五六七八九十壹贰叁]+[）)、.]*)?[^，。；：\n]{2,14}目标[。：]")
"""大气环境目标。…: a paragraph that opens with the name of an aim."""
PURPOSE_OPENS = 3
"""Characters of a sentence among which the word for a purpose that opens it stands."""
AIM_NEAR = 40
"""Characters behind a number in which it is said that it is that of an aim."""
AIMS = frozenset(("指标", "任务", "目标", "务数", "划数", "标为", "务为", "标是"))
"""What a clause before a number ends with that names an aim."""
OWNERS_NEAR = 60
_REACH = 400
"""Characters of a paragraph in which what its figures are is told before them."""


def without_purpose(opening: str) -> str:
    """The words of a sentence before a number without the purpose that opens them, where one does."""
    purpose = _PURPOSE.match(opening)
    return opening[purpose.end() :] if purpose is not None else opening


def is_aim_of(clause: str, behind: str) -> bool:
    """Whether what stands behind a number says that it is that of an aim, reached or not; 达到62%的目标 tells what part of it is reached."""
    return _AIM_BEHIND.match(behind) is not None and _REACHED_PART.search(clause) is None


def is_aim_before(clause: str, behind: str) -> bool:
    """Whether the words of a clause before a number name an aim, and what was done is told behind it."""
    return _AIM_BEFORE.search(clause) is not None and _THEN_DONE.match(behind) is not None


def is_assigned(text: str, clause: int, end: int) -> bool:
    """Whether those who answer for it are told in brackets behind a number, and nothing says that it was done: 新建学校8所（责任单位：…）."""
    return _ASSIGNED.match(text, end) is not None and _DONE.search(text, clause, end) is None


def retells(text: str, sentence: int, place: int) -> bool:
    """Whether the paragraph of a sentence tells before a place whose aims it gives: those of a paper, or by its opening words an aim."""
    start = _paragraph(text, sentence)
    return _AIM_FIRST.match(text, start) is not None or _RETELLS.search(text, start, place) is not None


def promised(text: str, sentence: int, place: int) -> bool:
    """Whether what can be done (可开设9个班) stands before a place in a sentence about what is still to come."""
    may = _MAY.search(text, sentence, place)
    if may is None or _IS.search(text, sentence, place):
        return False
    return tells_ahead(text, _paragraph(text, sentence), may.start())


def tells_ahead(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether text[start:end] tells what is to come. What begins anywhere is sought only where a word that it holds is named."""
    if _WILL.search(text, start, end) is not None:
        return True
    if text.find("要求", start, end) >= 0 and _ASKED.search(text, start, end) is not None:
        return True
    return _PLAN.search(text, start, end) is not None and _SIZED.search(text, start, end) is not None


def _paragraph(text: str, sentence: int) -> int:
    floor = max(sentence - _REACH, 0)
    return max(text.rfind("\n", floor, sentence) + 1, floor)
