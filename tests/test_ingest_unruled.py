"""Tables without any rule: heads of two lines, rows that head a section, cells that reach up to the next column."""

from __future__ import annotations

from tests.pdf_writer import Page
from tests.test_ingest_pdf import raw, rows, tables, texts

XS = (78.0, 118.0, 220.0, 400.0)


def put(page: Page, top: float, *cells: str) -> None:
    for x, text in zip(XS, cells, strict=False):
        if text:
            page.text(x, top, text, 11)


def test_heads_of_two_lines_and_rows_that_head_a_section_are_of_the_table() -> None:
    page = Page()
    put(page, 100, "序", "重点任务", "目标要求", "完成时")
    put(page, 114, "号", "", "", "限")
    put(page, 136, "一、治水")
    put(page, 158, "1", "管网改造", "改造主干管网3公里，消除", "6月底前")
    put(page, 172, "", "", "直排口九处。")
    put(page, 194, "2", "河道清淤", "清淤河道12公里。", "2031年")
    put(page, 208, "", "", "", "10月底前")
    put(page, 230, "二、治气")
    put(page, 252, "3", "散煤清零", "改造居民1200户。", "年底前")
    page.text(78, 330, "联系人在县督察办。", 11)
    document = raw(page)
    (table,) = tables(document)
    found = [[text.replace("\n", "") for text in cells] for cells in rows(document, table)]
    assert found == [
        ["序号", "重点任务", "目标要求", "完成时限"],
        ["一、治水"],
        ["1", "管网改造", "改造主干管网3公里，消除直排口九处。", "6月底前"],
        ["2", "河道清淤", "清淤河道12公里。", "2031年10月底前"],
        ["二、治气"],
        ["3", "散煤清零", "改造居民1200户。", "年底前"],
    ]
    assert texts(document)[-1] == "联系人在县督察办。"


def test_a_heading_below_a_table_heads_none_of_its_rows() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 122, "1", "管网改造", "改造管网3公里。", "6月底前")
    put(page, 144, "2", "河道清淤", "清淤河道12公里。", "9月底前")
    put(page, 166, "二、有关要求")
    page.text(78, 188, "各单位按月报送进展，县督察办定期通报。", 11)
    document = raw(page)
    assert texts(document)[1:] == ["二、有关要求", "各单位按月报送进展，县督察办定期通报。"]
    assert len(rows(document, tables(document)[0])) == 3


def grid_of(page: Page) -> list[list[str]]:
    """The rows of the only table of a page; of a merged cell each row it covers has the text."""
    document = raw(page)
    (table,) = tables(document)
    width = max(cell.column + cell.column_span for cell in table.cells)
    found = [[""] * width for _ in range(max(cell.row + cell.row_span for cell in table.cells))]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                found[row][column] = document.text[cell.start : cell.end].replace("\n", "")
    return found


def test_cells_set_in_the_middle_of_their_rows_are_one_each() -> None:
    page = Page()
    put(page, 107, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 130, "", "老旧管网", "改造主干管网三公里，消除", "")
    put(page, 137, "1", "", "", "六月底前")
    put(page, 144, "", "改造", "直排口。", "")
    put(page, 167, "", "", "清淤河道十二公里，清运淤", "")
    put(page, 181, "2", "河道清淤", "泥，建设生态护岸，种植水", "长期坚持")
    put(page, 195, "", "", "生植物。", "")
    page.text(94, 240, "联系人在县督察办，每月初报送进展。", 11)
    assert grid_of(page) == [
        ["序号", "重点任务", "目标要求", "完成时限"],
        ["1", "老旧管网改造", "改造主干管网三公里，消除直排口。", "六月底前"],
        ["2", "河道清淤", "清淤河道十二公里，清运淤泥，建设生态护岸，种植水生植物。", "长期坚持"],
    ]
    assert texts(raw(page))[-1] == "联系人在县督察办，每月初报送进展。"


def test_a_merged_cell_stands_in_the_middle_of_its_rows() -> None:
    page = Page()
    put(page, 100, "类别", "项目", "内容", "责任单位")
    put(page, 124, "", "学校新建", "新建幼儿园四所。", "县教育局")
    put(page, 136, "教育", "", "", "")
    put(page, 148, "", "校舍改造", "改造校舍三万平方米。", "县教育局")
    put(page, 172, "", "急救站点", "新建急救站点。", "县卫生局")
    put(page, 196, "卫生", "设备更新", "更新设备。", "县财政局")
    put(page, 220, "", "养老服务", "新增床位。", "县民政局")
    assert grid_of(page) == [
        ["类别", "项目", "内容", "责任单位"],
        ["教育", "学校新建", "新建幼儿园四所。", "县教育局"],
        ["教育", "校舍改造", "改造校舍三万平方米。", "县教育局"],
        ["卫生", "急救站点", "新建急救站点。", "县卫生局"],
        ["卫生", "设备更新", "更新设备。", "县财政局"],
        ["卫生", "养老服务", "新增床位。", "县民政局"],
    ]


def test_a_merged_cell_stands_at_the_top_of_its_rows() -> None:
    page = Page()
    put(page, 100, "序号", "突出问题", "整改措施", "责任单位")
    put(page, 122, "1", "设施停运", "排查全县设施，建立台账，逐", "县住建局")
    put(page, 136, "", "", "一销号。", "")
    put(page, 158, "", "", "修复停运设施。", "县财政局")
    put(page, 180, "2", "扬尘扰民", "建设料棚。", "县工信局")
    assert grid_of(page)[1:] == [
        ["1", "设施停运", "排查全县设施，建立台账，逐一销号。", "县住建局"],
        ["1", "设施停运", "修复停运设施。", "县财政局"],
        ["2", "扬尘扰民", "建设料棚。", "县工信局"],
    ]


def test_a_head_of_several_columns_stands_above_theirs() -> None:
    page = Page()
    page.text(310, 100, "责任分工", 11)
    put(page, 112, "序号", "任务")
    page.text(480, 112, "时限", 11)
    page.text(270, 124, "牵头", 11)
    page.text(380, 124, "配合", 11)
    for row, (task, lead, other) in enumerate((("治水", "县水利局", "县财政局"), ("治气", "县生态环境局", "县工信局")), 1):
        put(page, 124 + 24 * row, str(row), task)
        page.text(250, 124 + 24 * row, lead, 11)
        page.text(370, 124 + 24 * row, other, 11)
        page.text(480, 124 + 24 * row, "年底前", 11)
    assert grid_of(page) == [
        ["序号", "任务", "责任分工", "责任分工", "时限"],
        ["序号", "任务", "牵头", "配合", "时限"],
        ["1", "治水", "县水利局", "县财政局", "年底前"],
        ["2", "治气", "县生态环境局", "县工信局", "年底前"],
    ]


def test_names_in_columns_are_no_table() -> None:
    page = Page()
    put(page, 100, "林川", "周明远", "何文静", "沈涛")
    put(page, 122, "钱立国", "吴越", "郑和平", "孙晓梅")
    put(page, 144, "冯海", "陈光明", "褚玉兰", "卫东")
    assert not tables(raw(page))


def test_an_indented_line_below_a_table_is_none_of_its_cells() -> None:
    page = Page()
    put(page, 100, "阶段", "内容", "责任部门", "时间")
    put(page, 122, "动员会", "召开会议", "镇党政办", "3月")
    put(page, 144, "整治期", "清理垃圾", "镇村镇办", "10月")
    page.text(102, 168, "各村要高度重视，镇纪委要加强督促检查。", 11)
    assert len(grid_of(page)) == 3
    assert texts(raw(page))[-1] == "各村要高度重视，镇纪委要加强督促检查。"


def test_rows_no_further_apart_than_lines_begin_with_a_number() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 114, "1", "管网改造", "改造主干管网三公里，消除", "六月底前")
    put(page, 128, "", "", "直排口。")
    put(page, 142, "2", "河道清淤", "清淤河道十二公里，清运淤", "长期坚持")
    put(page, 156, "", "", "泥，建设生态护岸，种植水")
    put(page, 170, "", "", "生植物。")
    put(page, 184, "3", "散煤清零", "改造居民住宅，推广清洁取", "年底前")
    put(page, 198, "", "", "暖设备。")
    assert grid_of(page) == [
        ["序号", "重点任务", "目标要求", "完成时限"],
        ["1", "管网改造", "改造主干管网三公里，消除直排口。", "六月底前"],
        ["2", "河道清淤", "清淤河道十二公里，清运淤泥，建设生态护岸，种植水生植物。", "长期坚持"],
        ["3", "散煤清零", "改造居民住宅，推广清洁取暖设备。", "年底前"],
    ]


def test_a_table_with_rules_around_its_head_and_at_its_end_has_rows() -> None:
    page = Page()
    put(page, 112, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 134, "1", "管网改造", "改造主干管网三公里。", "六月底前")
    put(page, 156, "2", "河道清淤", "清淤河道十二公里，清运淤", "长期坚持")
    put(page, 170, "", "", "泥。")
    put(page, 192, "3", "散煤清零", "改造居民住宅。", "年底前")
    for y in (98, 118, 200):
        page.rule(70, y, 520, y)
    assert [row[0] for row in grid_of(page)] == ["序号", "1", "2", "3"]
    assert grid_of(page)[2][2] == "清淤河道十二公里，清运淤泥。"


def test_a_head_in_the_middle_of_its_columns_reaches_over_them() -> None:
    page = Page()
    page.text(350, 100, "进展", 11)
    put(page, 112, "序号", "隐患")
    page.text(480, 112, "责任人", 11)
    for x, text in ((270, "总数"), (350, "已改"), (420, "占比")):
        page.text(x, 124, text, 11)
    for row, (name, *figures) in enumerate((("通道堵塞", "26处", "24处", "92%"), ("违规充电", "58处", "58处", "100%")), 1):
        put(page, 124 + 24 * row, str(row), name)
        for x, text in zip((270, 350, 420), figures, strict=True):
            page.text(x, 124 + 24 * row, text, 11)
        page.text(480, 124 + 24 * row, "张卫民", 11)
    assert grid_of(page)[:3] == [
        ["序号", "隐患", "进展", "进展", "进展", "责任人"],
        ["序号", "隐患", "总数", "已改", "占比", "责任人"],
        ["1", "通道堵塞", "26处", "24处", "92%", "张卫民"],
    ]


def test_prose_behind_a_page_that_a_table_ends_is_none_of_it() -> None:
    first, second = Page(), Page()
    put(first, 750, "序号", "重点任务", "目标要求", "完成时限")
    put(first, 772, "1", "管网改造", "改造管网3公里。", "6月底前")
    put(first, 794, "2", "河道清淤", "清淤河道12公里。", "9月底前")
    for line in range(4):
        second.text(78, 100 + 22 * line, "各单位按月报送进展，县督察办定期通报，逾期不改的从严问责。", 11)
    document = raw(first, second)
    assert [len(rows(document, table)) for table in tables(document)] == [3]
    assert "".join(texts(document)[-1:]).startswith("各单位按月报送进展")


def test_paragraphs_of_a_cell_that_stand_apart_are_of_one_row() -> None:
    page = Page()
    put(page, 107, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 140, "", "", "改造主干管网三公里，消除")
    put(page, 154, "", "", "直排口。")
    put(page, 176, "1", "老旧管网", "清淤管道十二公里。", "六月底前")
    put(page, 198, "", "", "建设泵站两座，配套建设调")
    put(page, 212, "", "", "蓄池。")
    put(page, 245, "2", "河道清淤", "清运淤泥。", "长期坚持")
    put(page, 278, "3", "散煤清零", "改造居民住宅。", "年底前")
    assert [row[2] for row in grid_of(page)] == [
        "目标要求",
        "改造主干管网三公里，消除直排口。清淤管道十二公里。建设泵站两座，配套建设调蓄池。",
        "清运淤泥。",
        "改造居民住宅。",
    ]


def test_a_row_that_heads_a_section_stands_above_a_tall_row() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 133, "一、治水方面的重点任务")
    for line, text in enumerate(
        ("改造主干管网三公里，消除", "直排口，清淤管道十二公里", "建设泵站两座，配套建设调", "蓄池，完善泵站调度办法，", "建立养护队伍。")
    ):
        put(page, 166 + 14 * line, "1" if line == 2 else "", "老旧管网" if line == 2 else "", text, "六月底前" if line == 2 else "")
    put(page, 255, "2", "河道清淤", "清运淤泥。", "长期坚持")
    found = grid_of(page)
    assert [row[0] for row in found] == ["序号", "一、治水方面的重点任务", "1", "2"]
    assert found[2][2].endswith("建立养护队伍。")


def test_columns_whose_texts_touch_begin_where_their_texts_do() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务")
    page.text(204, 100, "责任单位", 11)
    page.text(268, 100, "完成时限", 11)
    for row, (task, owner) in enumerate((("改造主干管网", "县住房局"), ("清淤河道水塘", "县水利局"), ("治理散煤", "县工信局")), 1):
        put(page, 100 + 30 * row, str(row), task)
        page.text(186, 100 + 30 * row, owner, 11)
        page.text(260, 100 + 30 * row, "年底前", 11)
    assert grid_of(page)[1:] == [
        ["1", "改造主干管网", "县住房局", "年底前"],
        ["2", "清淤河道水塘", "县水利局", "年底前"],
        ["3", "治理散煤", "县工信局", "年底前"],
    ]


def test_a_head_of_several_columns_may_stand_far_above_theirs() -> None:
    page = Page()
    page.text(330, 100, "责任分工", 11)
    put(page, 123, "序号", "任务")
    page.text(480, 123, "时限", 11)
    page.text(270, 146, "牵头", 11)
    page.text(380, 146, "配合", 11)
    for row, (task, lead, other) in enumerate((("治水", "县水利局", "县财政局"), ("治气", "县生态环境局", "县工信局")), 1):
        put(page, 146 + 34 * row, str(row), task)
        page.text(250, 146 + 34 * row, lead, 11)
        page.text(370, 146 + 34 * row, other, 11)
        page.text(480, 146 + 34 * row, "年底前", 11)
    assert grid_of(page)[:2] == [["序号", "任务", "责任分工", "责任分工", "时限"], ["序号", "任务", "牵头", "配合", "时限"]]


def test_heads_in_the_middle_of_wide_columns_have_their_texts_beside_them() -> None:
    page = Page()
    for x, text in ((130, "指标"), (300, "单位"), (420, "2030年"), (510, "性质")):
        page.text(x, 100, text, 11)
    for row, cells in enumerate((("绿地", "%", "41.5", "预期"), ("湿地", "%", "38.2", "约束"), ("林地", "亩", "6200", "预期")), 1):
        for x, text in zip((78, 270, 390, 480), cells, strict=True):
            page.text(x, 100 + 24 * row, text, 11)
    assert grid_of(page)[:2] == [["指标", "单位", "2030年", "性质"], ["绿地", "%", "41.5", "预期"]]


def test_heads_may_hold_units_and_names_with_figures() -> None:
    page = Page()
    for x, text in ((78, "区县"), (160, "PM2.5平均浓度（微克/立方米）"), (400, "同比变化率（%）")):
        page.text(x, 100, text, 11)
    for row, cells in enumerate((("东区", "17", "-2.7"), ("西区", "18", "-8.2"), ("南区", "21", "-1.5")), 1):
        for x, text in zip((78, 220, 440), cells, strict=True):
            page.text(x, 100 + 24 * row, text, 11)
    assert grid_of(page)[0] == ["区县", "PM2.5平均浓度（微克/立方米）", "同比变化率（%）"]


def test_a_row_that_begins_behind_a_page_end_beside_merged_cells_is_one() -> None:
    first, second = Page(), Page()
    put(first, 700, "序号", "突出问题", "整改措施", "责任单位")
    put(first, 730, "1", "设施停运", "修复停运设施。", "县城管局")
    put(first, 760, "2", "扬尘扰民，露天料场", "（1）建设料棚两座。", "县工信局")
    put(second, 100, "", "没有遮盖。", "（2）每日洒水四次。", "县住建局")
    put(second, 130, "3", "乱倒垃圾", "清运积存垃圾。", "县农业局")
    document = raw(first, second)
    (table,) = tables(document)
    found = [[text.replace("\n", "") for text in cells] for cells in rows(document, table)]
    assert found[2:] == [
        ["2", "扬尘扰民，露天料场没有遮盖。", "（1）建设料棚两座。", "县工信局"],
        ["（2）每日洒水四次。", "县住建局"],
        ["3", "乱倒垃圾", "清运积存垃圾。", "县农业局"],
    ]


def test_dates_in_narrow_columns_are_read_across() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务", "目标要求", "时限")
    put(page, 130, "1", "管网改造", "改造主干管网三公里，消除")
    put(page, 144, "", "", "直排口，建立养护队伍，完")
    put(page, 158, "", "", "善调度办法。")
    put(page, 190, "2", "河道清淤", "清运淤泥。", "长期")
    for top, figure, unit in ((130, "2031", "年"), (144, "12", "月"), (158, "31", "日")):
        page.text(400, top, figure, 11)
        page.text(400 + 6 * len(figure), top, unit, 11)
    assert grid_of(page)[1][3] == "2031年12月31日"


def test_a_section_whose_rows_begin_the_next_page_is_of_the_table() -> None:
    first, second = Page(), Page()
    put(first, 650, "序号", "重点任务", "目标要求", "责任单位")
    put(first, 680, "一、治水方面的重点任务")
    put(first, 710, "1", "管网改造", "改造主干管网三公里。", "县住建局")
    put(first, 740, "二、治气方面的重点任务")
    put(second, 80, "2", "散煤清零", "改造居民住宅。", "县工信局")
    put(second, 110, "3", "料场遮盖", "建设料棚。", "县城管局")
    document = raw(first, second)
    (table,) = tables(document)
    assert [cells[0] for cells in rows(document, table)] == ["序号", "一、治水方面的重点任务", "1", "二、治气方面的重点任务", "2", "3"]


def test_what_a_browser_prints_below_a_table_is_none_of_it() -> None:
    page = Page()
    put(page, 700, "序号", "重点任务", "目标要求", "责任单位")
    put(page, 730, "1", "管网改造", "改造主干管网三公里。", "县住建局")
    put(page, 760, "2", "散煤清零", "改造居民住宅。", "县工信局")
    page.text(24, 800, "https://www.linchuan.example/notice.html", 8)
    page.text(560, 800, "1/1", 8)
    assert grid_of(page)[-1] == ["2", "散煤清零", "改造居民住宅。", "县工信局"]


def test_a_page_whose_text_stands_beside_the_columns_of_a_table_before_it_is_none_of_it() -> None:
    first, second = Page(), Page()
    put(first, 750, "序号", "重点任务", "目标要求", "责任单位")
    put(first, 772, "1", "管网改造", "改造管网3公里。", "县住建局")
    put(first, 794, "2", "河道清淤", "清淤河道12公里。", "县水利局")
    second.text(560, 100, "附", 11)
    assert [len(rows(document, table)) for document in (raw(first, second),) for table in tables(document)] == [3]


def test_texts_behind_a_page_end_may_reach_farther_than_those_before_it() -> None:
    first, second = Page(), Page()
    put(first, 700, "序号", "重点任务", "目标要求", "责任单位")
    put(first, 730, "1", "管网改造", "改造三公里。", "县住建局")
    put(first, 760, "2", "散煤清零", "改造住宅。", "县工信局")
    put(second, 80, "3", "料场遮盖", "建设料棚，安装喷淋，定时洒水。", "县城管局")
    put(second, 110, "4", "河道清淤", "清运淤泥。", "县水利局")
    document = raw(first, second)
    (table,) = tables(document)
    assert rows(document, table)[3] == ["3", "料场遮盖", "建设料棚，安装喷淋，定时洒水。", "县城管局"]


def test_an_index_may_push_the_next_line_of_a_cell_down() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务", "目标要求", "责任单位")
    put(page, 130, "1", "治理扬尘", "城区空气中PM2.5平均浓度力", "县环境局")
    put(page, 147, "", "", "争下降三成，优良天数比率")
    put(page, 161, "", "", "稳定提高。")
    put(page, 191, "2", "河道清淤", "清淤河道十二公里，清运淤", "县水利局")
    put(page, 205, "", "", "泥，种植水生植物，修建护")
    put(page, 219, "", "", "岸。")
    assert [row[2] for row in grid_of(page)[1:]] == [
        "城区空气中PM2.5平均浓度力争下降三成，优良天数比率稳定提高。",
        "清淤河道十二公里，清运淤泥，种植水生植物，修建护岸。",
    ]
