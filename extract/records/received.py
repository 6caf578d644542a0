"""Matters that were received: calls, messages, letters and proposals, counted by kind, place, handler and result in an account of them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence, Set

import regex

from extract.model import Claim, DateMention, Quantity, View
from extract.records.sentences import DATE, QUANTITY, Sentence, Sentences, clauses
from extract.records.wholes import Whole, count_of

_MATTERS = r"(?:群众)?(?:来电|来信|来访|留言|诉求|工单|办件|代表建议|建议|提案|议案|信件|咨询|投诉|举报|(?:举报|投诉|咨询)信息)(?:（(?:留言|来信|来访)）)?"
_HEADED = regex.compile(
    r"(?:热线|留言|来电|来信|群众诉求|工单|(?:代表|人大)(?:意见)?建议|委员提案|政协提案|建议提案|提案|议案|(?<!工作|意见|整改|处理|合理化)建议(?=办理|工作))[^，。；]{0,14}(?:办理|受理|运行|处理|通报|统计|分析|月报|情况|办结|办复)"
)
"""What the head of an account of such matters says: 市长热线受理情况, 代表建议、政协提案办理工作报告."""
_PROPOSALS = regex.compile(r"建议、?提案|提案、?建议|建议|提案|议案")
_FILED = regex.compile(
    r"(?<!已)(?P<how>(?:未予?|不予)?(?:立案|并案|撤案))(?!侦|查|调查|处罚)(?:[^，。；\ue000]{0,14}|，(?:作为|转|以|按)[^。；\ue000]{0,20})$"
)
"""What became of proposals before they were dealt with: 经审查立案的|35件, 不予立案、转作来信的|4件."""
_ABOUT = regex.compile(r"^(?:建言|关于|有关|涉及|反映|聚焦|围绕)")
_UNNAMED = regex.compile(r"(?:[局委办院县区市镇乡]|政府|部门|单位|公司|集团|期|满意|来[信电访])$")
"""Kinds and handlers that are named without the matters: 县水务局2件, 逾期3件."""
_HEAD = 160
"""Characters at the beginning of a document in which its title stands."""
_REPLY = regex.compile(r"(?m)答复(?:函|意见|件|稿)?(?=[\s（《]|$)|复函|第\p{N}+号|号(?:提案|建议)")
"""The head of an answer to one proposal, which counts other things."""
_BOTH = regex.compile(r"[^，。；：（）、\n\ue000\ue001]{0,16}(?:建议|来电|来信|留言|投诉|咨询)、$")
"""The first of two that are counted together: 协办的建议、|提案41件."""
_TAKEN = regex.compile(
    r"(?:受理|接听|接到|收到|接收|接报|承办|交办)[^，。；\ue000]{0,16}(?:来电|来信|来访|留言|诉求|工单|代表建议|政协提案|委员提案|(?:举报|投诉)信息)(?:（[^（）]{2,6}）)?(?:共|共计|累计)?\ue000+[^人次，。；]{0,6}(?=[，。；、])"
)
"""A count of such matters in any text, which opens a sentence of their kinds."""
_COUNTED = ("件", "条", "个", "封", "通", "份")
_OWN = "件"
"""The unit in which all that is counted in such an account are its matters."""
_NOUN = regex.compile(
    r"(?P<noun>(?![和及与])\p{Han}{0,6}?"
    + _MATTERS
    + r"(?:、(?:建议|提案))?)(?=$|[，。；、（）和的在情已均全中\ue001])|(?P<noun>逾期|超期|不满意)(?=$|[，。；、）])"
)
_NAMED = regex.compile(_MATTERS + r"$")
_OPENING = regex.compile(
    r"^(?:[，、\s]|其中|分别|共计|共(?=办理|承办)|(?:承办|办理|完成)(?=(?:人大|政协|代表|委员|建议|提案|议案))|全年|累计|目前|除|和|及|另有|还有|有(?!效)|为|是|属于?|的|月份|占)+|^.*?(?:中(?!心|国|央|共|小|医|学)|受理(?!的)|接到|收到|接收|接听|接待|接报)(?=\p{Han}{2})"
)
_CLOSING = regex.compile(r"(?:一?共计?|合计|总计|分别|达到?|约|有|为|的|：|各)+$")
_DEEDS = regex.compile(
    r"立案|处罚|查处|责令|问责|约谈|拘留|起诉|移送|批捕|侦|判决|结案|案件|没收|抽检|抽查|下发|下达|印发|发放|出台|制定|修订|起草|通知书|文件|专利|商标|法规|规章|制度|标准|证照|证书|许可|器材|设备|产品|商品|药品|作品|文物|宣传|稿件|实事|好事"
)
"""What else is counted by the piece: cases of enforcement, papers that were issued, goods."""
_COMPARED = regex.compile(r"同比|环比|[比较](?!例|为)|增加|减少|增长|下降|上升|日均|平均|[人月年]均|不足|超过|至少|不少于")
_ORDERED = regex.compile(r"(?:^|[，；])[^，；]{0,4}(?:(?<!主)要|须|应当?|力争|确保|计划|必须)(?!求|急)|以[上下内]")
_SHARE = regex.compile(r"，?(?:(?:占比|占(?:全部|比|[^，。；\ue000]{0,8}总[数量件]{1,2})?的?)(?:为|约)?|直办率|转办率)$")
_DONE = regex.compile(r"(?:圆满|全面|全部|按[期时]|如期|已|均)+(?:完成|办结|办理完毕|答复|办复)[^，。；]{0,24}$")
_DONE_AFTER = regex.compile(
    r"[^，。；\ue000]{0,12}(?:、\ue000+[^，。；\ue000]{0,12})*[^，。；]{0,12}(?:均|已|全部)+(?:将[^，。；]{0,8})?(?:办结|办复|答复|送达|办理完毕)"
)
_EACH = regex.compile(r"(?<=.)各$")
_PARTS = regex.compile("、|以?及|和(?=.{3})")
_LONGEST = 24
_REACH, _SAID = 40, 400
"""Characters before a count in which stands what became of proposals, and which matters they are."""
_ENDS = "，。；：、（）\n"


def tells_matters(said: str, behind: str) -> bool:
    """Whether the words before a count and behind it leave it one of matters that came in: not compared or planned, and of nothing else that is
    counted by the piece."""
    return not (_DEEDS.search(said + behind) or _COMPARED.search(said) or _ORDERED.search(said))


class Received:
    """Reads the counts that other rules left in one document which gives account of matters that were received."""

    def __init__(self, view: View, shaded: str) -> None:
        self.view, self.shaded = view, shaded
        self.headed = _HEADED.search(view.text, 0, _HEAD) is not None and not _REPLY.search(view.masked, 0, _HEAD)
        """Whether the document is an account of such matters."""
        self.proposals = self.headed and _PROPOSALS.search(view.text, 0, _HEAD) is not None

    def read(
        self, sentence: Sentence, quantities: Sequence[Quantity], dates: Sequence[DateMention], known: Container[int]
    ) -> tuple[list[Whole], list[Claim]]:
        """The tallies of the counts of a sentence that are not `known`, and the claims of the shares told beside them."""
        found: list[Whole] = []
        shares: list[Claim] = []
        if not self.headed and not _TAKEN.search(self.shaded, sentence.start, sentence.end + 1):
            return found, shares
        as_of = next((d.last for d in reversed(dates) if d.sense == "as_of"), None)
        for start, end in clauses(sentence, self.shaded):
            for quantity in quantities:
                if not start <= quantity.start < end or self.shaded[quantity.start] != QUANTITY:
                    continue
                if quantity.kind == "percent":
                    if quantity.start not in known and _SHARE.search(self.shaded, max(start - 1, 0), quantity.number.start):
                        shares.append(Claim("tally", quantity.start, quantity.end, "tally-rate"))
                elif quantity.start not in known and self._counts(quantity, start):
                    for subject in self._subjects(
                        quantity, start, sorted_out=self.headed or "其中" in self.view.text[sentence.start : quantity.start]
                    ):
                        whole = Whole(
                            sentence.passage, subject, quantity, "tally-received", start, quantity.end, noun=subject, bare=True, as_of=as_of
                        )
                        if _DONE.search(self.shaded, start, quantity.start) or _DONE_AFTER.match(self.shaded, quantity.end):
                            whole.settled = "done"
                        found.append(whole)
        return found, shares

    def _counts(self, quantity: Quantity, start: int) -> bool:
        """Whether a number may be of such matters; what became of proposals is no deed of another kind."""
        if quantity.unit not in _COUNTED or quantity.operator != "=" or quantity.value_high is not None:
            return False
        said = self.shaded[max(start, self.shaded.rfind(QUANTITY, start, quantity.start)) : quantity.start]
        said = _FILED.sub("", said) if self.proposals else said
        behind = self.shaded[quantity.end : quantity.end + 8].partition("，")[0]
        return tells_matters(said, behind) and count_of(quantity) > 0

    def _subjects(self, quantity: Quantity, start: int, *, sorted_out: bool) -> Iterator[str]:
        """What a count is of: the matters named behind it, or the kind, place or handler named before it; several share 各1件. `sorted_out`: the
        text sorts its matters, so that a name of anything else is that of a kind."""
        behind = _NOUN.match(self.shaded, quantity.end)
        if behind is not None:
            yield behind["noun"]
            return
        each = _EACH.search(self.view.text, start, quantity.start)
        marks = (*_ENDS, QUANTITY, DATE)
        begin = start if each else max(start, *(self.shaded.rfind(mark, start, quantity.start) + 1 for mark in marks))
        if each is None and _NAMED.search(self.view.text, begin, quantity.start):
            first = _BOTH.search(self.shaded, max(start, begin - _LONGEST), begin)
            begin = first.start() if first is not None else begin
        said = self.view.text[begin : each.start() if each else quantity.start]
        filed = _FILED.search(self.shaded, max(0, quantity.start - _REACH), quantity.start) if self.proposals else None
        if filed is not None and quantity.unit == _OWN:
            yield filed["how"] + self._matter(quantity)
            return
        names = [_CLOSING.sub("", _OPENING.sub("", name)) for name in (_PARTS.split(said) if each else [said])]
        own = sorted_out and quantity.unit == _OWN
        for name in names:
            if 1 < len(name) <= _LONGEST and (own or name.endswith("类") or _NAMED.search(name)):
                yield self._with_matter(name, quantity) if self.proposals and own else name

    def _with_matter(self, name: str, quantity: Quantity) -> str:
        """A kind of proposals with their word: 财政经济类 → 财政经济类建议."""
        if _NAMED.search(name) or _UNNAMED.search(name):
            return name
        return _ABOUT.sub("", name) + self._matter(quantity)

    def _matter(self, quantity: Quantity) -> str:
        """The word for proposals that was said last before a count."""
        said = _PROPOSALS.findall(self.view.text, max(0, quantity.start - _SAID), quantity.start)
        return said[-1] if said else ""


def read_received(found: Sentences, view: View, shaded: str, told: Sequence[Whole], known: Set[int]) -> tuple[list[Whole], list[Claim]]:
    """The tallies of matters received in a document beside those `told`, and the claims of shares; no count that is `known` is one."""
    received = Received(view, shaded)
    known = known | {quantity.start for whole in told for quantity, _ in whole.counts}
    wholes: list[Whole] = []
    shares: list[Claim] = []
    for sentence, quantities, dates in found:
        more, rates = received.read(sentence, quantities, dates, known)
        wholes += more
        shares += rates
    return wholes, shares
