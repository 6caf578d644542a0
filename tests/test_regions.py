"""The lexicon of places: names to GB/T 2260 codes, and the short names of provinces."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from extract import rulebook
from extract.outline.own_place import own_place
from extract.outline.places import Gazetteer

RULES = Path(__file__).parents[1] / "rules"
REGIONS = RULES / "lookups" / "regions.yml"


@pytest.fixture(scope="module")
def regions() -> Mapping[str, str]:
    return rulebook.load(RULES).lookup("regions")


@pytest.fixture(scope="module")
def provinces() -> Mapping[str, str]:
    return rulebook.load(RULES).lookup("provinces")


def test_codes_are_six_digits_of_a_listed_province(regions: Mapping[str, str], provinces: Mapping[str, str]) -> None:
    heads = {regions[name][:2] for name in provinces.values()}
    wrong = {
        name: code for name, code in regions.items() if not (len(code) == 6 and code.isascii() and code.isdigit() and code[:2] in heads)
    }
    assert not wrong


def test_no_name_stands_twice_in_the_file() -> None:
    names = [
        name
        for line in REGIONS.read_text(encoding="utf-8").splitlines()
        if "[" in line
        for name in line[line.index("[") + 1 : -1].split(", ")
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_numbers_of_each_level(regions: Mapping[str, str]) -> None:
    codes = set(regions.values())
    provinces = {code for code in codes if code.endswith("0000")}
    prefectures = {code for code in codes - provinces if code.endswith("00")}
    assert len(provinces) == 34
    assert 333 <= len(prefectures) <= 345
    assert len(codes - provinces - prefectures) > 2840


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("北京市", "110000"),
        ("江苏省", "320000"),
        ("内蒙古自治区", "150000"),
        ("香港特别行政区", "810000"),
        ("苏州市", "320500"),
        ("昆山市", "320583"),
        ("嘉兴市", "330400"),
        ("云岩区", "520103"),
        ("甘孜藏族自治州", "513300"),
        ("锡林郭勒盟", "152500"),
        ("大兴安岭地区", "232700"),
        ("东莞市", "441900"),
        ("仙桃市", "429004"),
        ("神农架林区", "429021"),
        ("六枝特区", "520203"),
        ("浦东新区", "310115"),
        ("石河子市", "659001"),
    ],
)
def test_well_known_places(regions: Mapping[str, str], name: str, code: str) -> None:
    assert regions[name] == code


@pytest.mark.parametrize("name", ["城关区", "朝阳区", "鼓楼区", "和平区", "白云区", "市中区", "城区", "郊区", "东区", "江北区", "矿区"])
def test_a_name_borne_by_two_places_has_no_code(regions: Mapping[str, str], name: str) -> None:
    assert name not in regions


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("长春市朝阳区", "220104"),
        ("吉林省朝阳区", "220104"),
        ("北京市朝阳区", "110105"),
        ("兰州市城关区", "620102"),
        ("拉萨市城关区", "540102"),
        ("徐州市鼓楼区", "320302"),
        ("宁波市江北区", "330205"),
        ("重庆市江北区", "500105"),
    ],
)
def test_the_same_name_with_its_city_has_one(regions: Mapping[str, str], name: str, code: str) -> None:
    assert regions[name] == code


def test_a_province_with_two_of_the_name_does_not_qualify_it(regions: Mapping[str, str]) -> None:
    assert "江苏省鼓楼区" not in regions


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("甘孜州", "甘孜藏族自治州"),
        ("黔东南州", "黔东南苗族侗族自治州"),
        ("伊犁州", "伊犁哈萨克自治州"),
        ("景宁县", "景宁畲族自治县"),
        ("龙胜县", "龙胜各族自治县"),
        ("鄂温克旗", "鄂温克族自治旗"),
    ],
)
def test_autonomous_places_go_by_their_short_names_too(regions: Mapping[str, str], name: str, full: str) -> None:
    assert regions[name] == regions[full]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("祁阳县", "431121", id="县 made a 市: its last code"),
        pytest.param("莱芜市", "371200", id="dissolved: its last code"),
        pytest.param("寿县", "340422", id="moved to another prefecture: the code of today"),
    ],
)
def test_former_names(regions: Mapping[str, str], name: str, code: str) -> None:
    assert regions[name] == code


def test_prefecture_of_every_county_is_known(regions: Mapping[str, str]) -> None:
    """Counties under a prefecture (third and fourth digit below 90) lie under one that is listed, but for those of the four cities."""
    codes = set(regions.values())
    orphans = {code for code in codes if code[2:4] < "90" and code[4:] != "00" and f"{code[:4]}00" not in codes}
    assert {code[:2] for code in orphans} <= {"11", "12", "31", "50"}


def test_provinces_by_full_and_short_name(provinces: Mapping[str, str], regions: Mapping[str, str]) -> None:
    assert provinces["江苏"] == provinces["江苏省"] == "江苏省"
    assert provinces["广西"] == "广西壮族自治区"
    assert len(set(provinces.values())) == 34
    assert all(len(name) > 1 for name in provinces)
    assert all(regions[name].endswith("0000") for name in provinces.values())


def test_load_time_is_reported(record_property: Callable[[str, object], None]) -> None:
    began = time.perf_counter()
    rulebook.load(RULES).lookup("regions")
    record_property("seconds_to_read_rules_and_regions", round(time.perf_counter() - began, 4))


CODES = {
    "柳泉市": "990100",
    "青禾县": "990121",
    "白河市": "990181",
    "远山市": "990200",
    "丹岭省": "990000",
    "丹岭市": "990300",
    "青县": "990122",
}


@pytest.mark.parametrize(
    ("text", "sources", "place"),
    [
        ("我市清淤沟渠12公里，白河市最多，柳泉市本级其次。", "", "柳泉市"),
        ("全市清淤沟渠12公里。白河市、远山市最多。", "", ""),
        ("全市沟渠管护要学习远山市经验。", "", ""),
        ("我市清淤沟渠12公里。", "来源：柳泉日报", "柳泉市"),
        ("我县清淤沟渠12公里。", "来源：柳泉日报", ""),
        ("2031年，云下县水利局紧紧围绕县委部署，全县清淤12公里，生态文明县建设起步。", "", "云下县"),
        ("向我省移交举报件12件，在丹岭省政府网公开。", "", "丹岭省"),
        ("清淤沟渠12公里，柳泉市居首。", "", ""),
        ("我市清淤沟渠12公里。", "来源：丹岭日报", ""),
        ("我市清淤沟渠12公里。", "来源：柳泉网", ""),
        ("青县疏浚沟渠。我县今年植树。", "", "青县"),
        ("新修长青县道。我县今年植树。", "", ""),
    ],
)
def test_the_place_of_who_writes(text: str, sources: str, place: str) -> None:
    places = Gazetteer(CODES, {"丹岭": "丹岭省", "丹岭省": "丹岭省"}, re.compile("(?!)"), ())
    assert own_place(text, sources, places, lambda name: "文明" not in name) == place
