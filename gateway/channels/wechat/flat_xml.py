"""Reading and writing the flat XML that Tencent speaks."""

from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from gateway.channels.wechat.errors import Rejected


def read(body: bytes) -> dict[str, str]:
    """Returns the texts of the root's children by tag, without space around them.

    Raises:
        Rejected: it is not XML, its root is not `<xml>`, or it carries a DOCTYPE or entities.
    """
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        raise Rejected(400, "xml") from None
    if root.tag != "xml":
        raise Rejected(400, "xml root")
    return {child.tag: (child.text or "").strip() for child in root}


def cdata(text: str) -> str:
    """Returns the text as CDATA; a `]]>` inside it is split over two sections."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
