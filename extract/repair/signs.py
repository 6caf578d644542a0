"""Which characters of a text are out of the ordinary: those that call for a fixer, found in one scan."""

from __future__ import annotations

import re
from functools import cache

TRADITIONAL = frozenset(
    "會國這個們來時說對學經發現實後過動進種應關點業與問題無產總組機將萬員農廣車電設決環護從開結給統強區義務導轉辦處標準達東節單濟規劃據類縣級織聯"
    "責書記長門頭見風馬鎮鄉號項領幹團黨專資質間報場樣體灣濱測監網線維約紅紀幾條極構檢權歷歸殘氣滅濕灑營獲環療養確礦積穩競簡糧緊續罰聽職腦蘇蘭虛補裝製視覺觀訂討訓設許訴診評該誤課調談請論證識譜議讓負財貨貿費賽趕輕轄適遷還邊鄰釋錄錢鋼鐵閉陽隊際隨險雙離難靈響順須預頻願顯飛飲餘驗驚鳥麗齊齡"
)
"""Frequent characters that only Traditional text holds."""


def unusual(text: str) -> str:
    """The characters of a text, each once, that are neither Simplified Han, ASCII, nor marks usual in Chinese print."""
    pattern = _unusual()
    return "".join(dict.fromkeys(pattern.findall(text))) if pattern.search(text) else ""


@cache
def _unusual() -> re.Pattern[str]:
    """One class for all that is unusual: a scan by it costs a tenth of making the set of a text's characters."""
    han, begin = "", "\u4e00"
    for char in sorted(TRADITIONAL):
        han += f"{begin}-{chr(ord(char) - 1)}" if begin < char else ""
        begin = chr(ord(char) + 1)
    return re.compile(f"[^{han}{begin}-\u9fff\x20-\x7e\n\t\u3000-\u3020！（），：；？“”‘’—…·①-⑳Ⅰ-Ⅻ]")
