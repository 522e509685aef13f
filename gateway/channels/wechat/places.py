"""From the address that a phone's map puts on a location to the county it names.

Only the names themselves are read: nothing is guessed from coordinates, and what is finer than a
county is not kept.
"""

import re

from gateway.channels.wechat.words import words

_SHORTEST_BANNER = 2
_AREA = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,7}?自治区|北京市|天津市|上海市|重庆市)?"
    r"(?P<city>[\u4e00-\u9fff]{2,6}?(?:自治州|地区|[市盟]))?"
    r"(?P<county>[\u4e00-\u9fff]{1,12}?(?:自治[旗县]|[旗县区市]))?"
)


def county_in(address: str) -> str | None:
    """Returns the names from the province to the county; None when they are not certain.

    A province alone says too little, and without a province only our own leagues, cities and
    banners are taken for what they seem: 小区北门 is no county.
    """
    text = re.sub(r"[\s,，·-]", "", address).removeprefix("中国")
    found = _AREA.match(text)
    if found is None:
        return None
    province, city, county = found["province"], found["city"], found["county"]
    certain = (
        (province and (city or county))
        or city in words().place.leagues
        or (not city and county and county.endswith("旗") and len(county) > _SHORTEST_BANNER)
    )
    return "".join(part for part in (province, city, county) if part) if certain else None
