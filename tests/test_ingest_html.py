"""Pages of government sites: what is the notice, what is the site around it."""

from __future__ import annotations

import pytest

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.facts import split_title
from extract.model import Block, RawDocument

BODY = "".join(
    f"<p>{i}.各镇人民政府要压实工作责任，加强日常巡查，建立问题清单，明确整改时限，确保按期完成整治任务，并将进展情况及时报送县河长制办公室。</p>"
    for i in range(1, 6)
)


def page(body: str, head: str = "") -> RawDocument:
    return read(f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode(), "a.html")


def texts(raw: RawDocument) -> list[str]:
    return [raw.text[b.start : b.end] for b in raw.blocks]


def cells(raw: RawDocument, block: Block) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, raw.text[c.start : c.end]) for c in block.cells]


TITLE = "<h1>关于河道整治的通知</h1>"
SITE = """
<div class="header"><a href="/">网站首页</a> <a href="/zw/">政务公开</a></div>
<ul class="menu"><li><a>走进本县</a></li><li><a>互动交流</a></li></ul>
<div class="crumb">您现在的位置：<a>首页</a> &gt; <a>通知公告</a></div>
{article}
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="related"><h3>相关阅读</h3><ul><li><a>其他通知一</a></li><li><a>其他通知二</a></li></ul></div>
<div class="footer">主办单位：某县人民政府 网站标识码：0000000000 备案号：某ICP备00000000号</div>
"""


@pytest.mark.parametrize(
    "article",
    [
        f'<h1>关于河道整治的通知</h1><div class="info">发布时间：2024-03-05 来源：县水利局</div><div id="zoom">{BODY}</div>',
        f'<div class="box">{TITLE}<div class="info">发布时间：2024-03-05 来源：县水利局</div><div class="TRS_Editor">{BODY}</div></div>',
        f'<article><h1>关于河道整治的通知</h1><p class="info">发布时间：2024-03-05 来源：县水利局</p>{BODY}</article>',
        f'<div class="w1"><div class="x9">{TITLE}<p>发布时间：2024-03-05 来源：县水利局</p><div class="qq">{BODY}</div></div></div>',
        f"{TITLE}<table><tr><td>发布时间：2024-03-05 来源：县水利局</td></tr><tr><td id='UCAP-CONTENT'>{BODY}</td></tr></table>",
    ],
)
def test_the_notice_stays_and_the_site_goes(article: str) -> None:
    raw = page(SITE.format(article=article), "<title>关于河道整治的通知_通知公告_某县人民政府</title>")
    shown = texts(raw)
    assert shown[0] == "关于河道整治的通知"
    assert shown[1] == "发布时间：2024-03-05 来源：县水利局"
    assert [text[:2] for text in shown[2:]] == ["1.", "2.", "3.", "4.", "5."]
    assert "boilerplate" in raw.repairs
    assert raw.meta["title"] == "关于河道整治的通知"
    assert raw.meta["site"] == "某县人民政府"


def test_a_bare_page_keeps_everything() -> None:
    raw = page("<p>关于整治的通知</p><p>请认真落实。</p>")
    assert texts(raw) == ["关于整治的通知", "请认真落实。"]
    assert raw.repairs == ()


def test_signature_behind_the_article_stays() -> None:
    raw = page(
        f'<div class="nav"><a>首页</a></div><div id="zoom">{BODY}</div><p>某县人民政府办公室</p><p>2024年3月8日</p><p><a>上一页</a></p>'
    )
    assert texts(raw)[-2:] == ["某县人民政府办公室", "2024年3月8日"]


def test_an_opening_that_the_head_does_not_name() -> None:
    raw = page(
        f"<div>您的位置：<a>首页</a>&gt;<a>公示</a></div><div class='bt'>关于河道整治的公示</div>"
        f"<div class='xx'><span>日期：2024-01-09 08:30</span><span>来源：县水利局</span></div><div class='zoom'>{BODY}</div>",
        "<title>某县水利局</title>",
    )
    assert texts(raw)[:2] == ["关于河道整治的公示", "日期：2024-01-09 08:30 来源：县水利局"]


def test_the_name_of_the_site_is_no_title() -> None:
    raw = page(
        "<h2>柳泉县人民政府</h2><div><h3>政务公开</h3><ul><li>要闻</li><li>公告</li></ul></div><h1>关于河道清淤工作的通知</h1>"
        f"<p>发布时间：2031-03-02</p><div id='zoom'>{BODY}</div>",
        "<title>关于河道清淤工作的通知 - 柳泉县人民政府门户网站</title>",
    )
    assert texts(raw)[:2] == ["关于河道清淤工作的通知", "发布时间：2031-03-02"]
    assert raw.meta["title"] == "关于河道清淤工作的通知"


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts(page("<pre>一、任务\n  甲乙。\n\n二、要求</pre><p>丙\n丁</p>")) == ["一、任务", "甲乙。", "二、要求", "丙丁"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">暗文</p>',
        "<p><del>暗文</del></p>",
        '<div style="mso-element:footnote-list"><hr><div style="mso-element:footnote"><p>暗文</p></div></div>',
        '<p><a style="mso-footnote-id:ftn1" href="#_ftn1">[暗文]</a></p>',
        "<p><s>暗文</s></p>",
        '<p><span style="color:red;text-decoration: line-through">暗文</span></p>',
        '<div style="DISPLAY : none;">暗文</div>',
        "<p hidden>暗文</p>",
        '<span style="visibility:hidden">暗文</span>',
        '<p aria-hidden="true">暗文</p>',
        "<script>暗文</script>",
        "<style>暗文</style>",
        "<!-- 暗文 -->",
        "<noscript>暗文</noscript>",
        "<template>暗文</template>",
    ],
)
def test_what_a_browser_does_not_show_is_gone(hidden: str) -> None:
    raw = page(f"<p>甲乙丙丁。</p>{hidden}<p>戊己庚辛。</p>")
    assert texts(raw) == ["甲乙丙丁。", "戊己庚辛。"]
    assert raw.repairs == ()


def test_blocks_headings_lists_and_breaks() -> None:
    raw = page(
        "<h3>一、任务</h3><p>甲<br>乙</p><div>丙<p>丁</p>戊</div>"
        "<ul><li>己</li><li>（一）庚</li></ul><ol start='3'><li>辛</li><li>4、壬</li></ol>"
    )
    assert [(b.kind, b.level, raw.text[b.start : b.end]) for b in raw.blocks] == [
        ("heading", 3, "一、任务"),
        ("paragraph", 0, "甲"),
        ("paragraph", 0, "乙"),
        ("paragraph", 0, "丙"),
        ("paragraph", 0, "丁"),
        ("paragraph", 0, "戊"),
        ("bullet", 0, "• 己"),
        ("paragraph", 0, "（一）庚"),
        ("paragraph", 0, "3.辛"),
        ("paragraph", 0, "4、壬"),
    ]


@pytest.mark.parametrize(
    ("markup", "bold"),
    [
        ("<b>要点。</b>说明。", ["要点。"]),
        ("<strong>要</strong><strong>点。</strong>说明。", ["要点。"]),
        ('<span style="font-weight: bold;">要点。</span>说明。', ["要点。"]),
        ('<span style="font-weight:700">要点。</span>说明。', ["要点。"]),
        ('<b><span style="font-weight:normal">说明</span></b>。', []),
        ('<span style="font-weight:400">说明</span>。', []),
        ("<strong>全段都是要点。</strong>", ["全段都是要点。"]),
        ("&emsp;&emsp;<b>要点。</b>说明。", ["要点。"]),
    ],
)
def test_bold_leads(markup: str, bold: list[str]) -> None:
    raw = page(f"<p>{markup}</p>")
    assert [raw.text[s:e] for s, e in raw.blocks[0].bold] == bold


def test_white_space_is_folded_as_in_a_browser() -> None:
    raw = page(
        "<p>\n  建立健全\n  长效机制 ， PM<sub>2.5</sub> 浓度\n下降 3 %，\n达到 5 m<sup>2</sup>\n</p>"
        "<p>&emsp;&emsp;　　缩进&nbsp;&nbsp;</p>"
    )
    assert texts(raw) == ["建立健全长效机制 ， PM2.5 浓度下降 3 %，达到 5 m2", "缩进"]


TABLE = """
<table border="1"><thead><tr><th rowspan="2">序号</th><th colspan="2">任务</th></tr><tr><td>内容</td><td>单位</td></tr></thead>
<tr><td>1</td><td><p>治污。</p><p>控源。</p></td><td>水利局<br>住建局</td></tr>
<tr><td></td><td><strong>管网</strong><table><tr><td>内</td><td>表</td></tr></table></td><td></td></tr></table>
"""


def test_tables_keep_their_cells() -> None:
    raw = page("<p>任务如下：</p>" + TABLE)
    table = raw.blocks[1]
    assert table.kind == "table"
    assert cells(raw, table) == [
        (0, 0, 2, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 1, 1, 1, "内容"),
        (1, 2, 1, 1, "单位"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "治污。\n控源。"),
        (2, 2, 1, 1, "水利局\n住建局"),
        (3, 0, 1, 1, ""),
        (3, 1, 1, 1, "管网\n内\n表"),
        (3, 2, 1, 1, ""),
    ]
    assert raw.text[table.start : table.end].startswith("序号\t任务\n内容\t单位\n1\t治污。\n控源。\t水利局")
    assert [raw.text[s:e] for s, e in table.bold] == ["管网"]


def test_a_page_that_is_all_table_and_its_caption() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>逐段清淤，按期完成整治任务，并报送进展情况。</td></tr>" for i in range(30))
    head = "<caption>青禾县清淤考核细则</caption><thead><tr><th>序号</th><th>内容</th></tr></thead>"
    raw = page(f"<h2>考核依据</h2><table>{head}<tbody>{rows}</tbody></table>")
    assert [block.kind for block in raw.blocks] == ["heading", "paragraph", "table"]
    assert texts(raw)[:2] == ["考核依据", "青禾县清淤考核细则"]


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td><p>甲。</p><p>乙。</p></td></tr></table>",
        "<table><tr><td></td><td><p>甲。</p><p>乙。</p></td><td></td></tr></table>",
        "<table><tr><td>甲。</td></tr><tr><td>乙。</td></tr></table>",
        "<table role='presentation'><tr><td>甲。</td><td>乙。</td></tr></table>",
        "<table><tr><td><table><tr><td>甲。</td></tr></table></td></tr><tr><td>乙。</td></tr></table>",
    ],
)
def test_tables_that_only_lay_out_are_none(layout: str) -> None:
    raw = page(layout)
    assert [b.kind for b in raw.blocks] == ["paragraph", "paragraph"]
    assert texts(raw) == ["甲。", "乙。"]


def test_the_catalogue_table_stays_and_goes_to_meta() -> None:
    head = (
        "<table><tr><td>索 引 号：</td><td>00/2024-1</td><td>发文机关：</td><td>某县水利局</td></tr>"
        "<tr><td>发文字号</td><td>某水〔2024〕3号</td><td>成文日期</td><td>2024-03-01</td></tr></table>"
    )
    raw = page(f"<div class='main'>{head}<h1>关于整治的通知</h1><div id='zoom'>{BODY}</div></div>")
    assert raw.meta["index_number"] == "00/2024-1"
    assert raw.meta["issuer"] == "某县水利局"
    assert raw.meta["doc_number"] == "某水〔2024〕3号"
    assert texts(raw)[:2] == ["成文日期：2024-03-01", "关于整治的通知"]
    assert "索" not in raw.text


def test_a_short_catalogue_is_one_too() -> None:
    raw = page(f"<table><tr><td>索引号：</td><td>0001/2031-00007</td><td>成文日期：</td><td>2031-04-30</td></tr></table>{TITLE}{BODY}")
    assert texts(raw)[:2] == ["成文日期：2031-04-30", "关于河道整治的通知"]


def test_two_facts_in_a_table_of_the_notice_are_no_catalogue() -> None:
    raw = page(f"{TITLE}<table border=1><tr><td>名称</td><td>青溪闸</td></tr><tr><td>分类</td><td>小型</td></tr></table>{BODY}")
    assert raw.blocks[1].kind == "table"


@pytest.mark.parametrize("tag", ["div", "ul", "center"])
def test_nothing_but_short_links_is_a_menu(tag: str) -> None:
    raw = page(f"<{tag}><a>首 页</a> | <a>机构职能</a> | <a>防汛动态</a> <a>河长之窗</a></{tag}>{TITLE}{BODY}")
    assert texts(raw)[0] == "关于河道整治的通知"
    assert raw.repairs == ("boilerplate",)


def test_a_menu_without_links_goes_by_its_name() -> None:
    way = '<table class="nav"><tr><td>首页</td><td>便民服务</td><td>2031年9月3日 星期三 小雨</td></tr></table>'
    listing = '<div class="location"><p>河道整治的范围：东河镇、西川镇。</p></div>'
    assert texts(page(f"{way}{listing}{TITLE}{BODY}"))[:2] == ["河道整治的范围：东河镇、西川镇。", "关于河道整治的通知"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><a>县水利局</a>、<a>县农业农村局</a>、<a>县住建局</a></p>",
        "<p><a>附件1.doc</a> <a>附件2.doc</a> <a>附件3.doc</a></p>",
        "<p><a>青溪</a>一线由<a>沙坪镇</a>负责巡查，<a>县水利局</a>督办</p>",
    ],
)
def test_links_of_the_notice_are_no_menu(line: str) -> None:
    raw = page(f"{TITLE}{BODY}{line}")
    assert texts(raw)[-1].endswith(("县住建局", "附件3.doc", "督办"))


HEAD = "<title>青溪县水利局关于河道整治的通知--青溪县水利局</title>"
LINE = "青溪县水利局关于河道整治的通知"


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("<div>青溪县水利局</div><div>欢迎访问</div>", []),
        ("<div>青溪县水利局</div><div>青水〔2031〕7号</div>", ["青水〔2031〕7号"]),
        ("<div>青溪县水利局文件</div>", ["青溪县水利局文件"]),
        (
            "<p>县水利局回信：你们报来的情况已收到。现将有关通知转给你们，请照此办理。</p>",
            ["县水利局回信：你们报来的情况已收到。现将有关通知转给你们，请照此办理。"],
        ),
    ],
)
def test_the_page_says_where_its_title_stands(above: str, kept: list[str]) -> None:
    raw = page(f"{above}<div>{LINE}</div><div>来源：办公室</div>{BODY}", HEAD)
    assert texts(raw)[: len(kept) + 2] == [*kept, LINE, "来源：办公室"]


def test_a_title_over_two_lines_begins_with_its_first() -> None:
    raw = page(f"<div>青溪县水利局</div><div>青溪县水利局关于河道<br>整治的通知</div>{BODY}", HEAD)
    assert texts(raw)[:2] == ["青溪县水利局关于河道", "整治的通知"]


def test_meta_tags() -> None:
    raw = page(
        "<p>通知正文。</p>",
        '<meta name="ArticleTitle" content="关于整治的通知"><meta name="PubDate" content="2024-03-05 10:00">'
        '<meta name="ContentSource" content="县水利局">'
        '<meta name="SiteName" content="某县政府网"><title>关于整治的通知-某县政府网</title>',
    )
    assert raw.meta == {
        "title": "关于整治的通知",
        "entered": "2024-03-05 10:00",
        "source_name": "县水利局",
        "site": "某县政府网",
        "page_title": "关于整治的通知-某县政府网",
    }


@pytest.mark.parametrize(
    ("page_title", "parts"),
    [
        ("关于整治的通知_通知公告_某县人民政府", ("关于整治的通知", "某县人民政府")),
        ("关于整治的通知 - 某市生态环境局", ("关于整治的通知", "某市生态环境局")),
        ("关于整治的通知-某市生态环境局", ("关于整治的通知", "某市生态环境局")),
        ("2023-2025年行动计划", ("2023-2025年行动计划", "")),
        ("关于整治的通知", ("关于整治的通知", "")),
    ],
)
def test_page_titles(page_title: str, parts: tuple[str, str]) -> None:
    assert split_title(page_title) == parts


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_the_declared_charset_is_not_believed(declared: str, real: str) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body><p>各镇人民政府要认真落实整改任务。</p></body></html>'
    raw = read(html.encode(real), "a.html")
    assert raw.text == "各镇人民政府要认真落实整改任务。"
    assert ("encoding" in raw.repairs) == (real != "utf-8")


def test_an_xml_prolog_does_not_matter() -> None:
    assert read('<?xml version="1.0" encoding="gb2312"?><html><body><p>通知正文</p></body></html>'.encode(), "a.xhtml").text == "通知正文"


@pytest.mark.parametrize("tag", ["<p>", "<ul><li>", "<", "&", "<br>", "<td rowspan=9999999 colspan=9999999>"])
def test_pages_of_many_tags_are_read(tag: str) -> None:
    body = "<table><tr>" + tag * 20_000 if tag.startswith("<td") else tag * 1_000
    assert "通知" in read(("<html><body>通知" + body).encode(), "a.html").text


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>"])
def test_bottomless_pages_are_refused(tag: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(("<html><body>通知" + tag * 60_000).encode(), "a.html")
    assert caught.value.code == "too_deep"


def test_a_table_cut_for_the_sake_of_pages_is_one() -> None:
    head = "<tr><th>序号</th><th>问题</th><th>2031年</th></tr>"
    parts = [f"<table>{head}<tr><td>{i}</td><td>渠道淤积{i}处</td><td>清淤</td></tr></table>" for i in (1, 2, 3)]
    raw = page(parts[0] + "<p>续表1</p>" + parts[1] + parts[2])
    (table,) = raw.blocks
    assert [text for *_, text in cells(raw, table)][2:] == [
        "2031年",
        "1",
        "渠道淤积1处",
        "清淤",
        "2",
        "渠道淤积2处",
        "清淤",
        "3",
        "渠道淤积3处",
        "清淤",
    ]
