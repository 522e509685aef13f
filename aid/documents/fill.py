"""Fill Word templates: the project's own, or those of an institution where it has edited some."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from aid.documents import draw
from aid.documents.content import Request, content
from aid.documents.papers import all_papers
from aid.documents.particulars import Particulars
from aid.errors import TemplateError
from eligibility import Facts, screen


class Writer:
    """Writes papers from templates.

    Args:
        own: a folder with an institution's own templates, named as ours are; what it lacks is
            taken from ours.

    Raises:
        TemplateError: a template cannot be read, or names something that is not there.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._paths = {paper_id: _template(paper_id, own) for paper_id in all_papers()}
        for path in self._paths.values():
            _check(path)

    def write(self, paper_id: str, request: Request) -> bytes:
        """Return one paper as a Word file.

        Raises:
            KeyError: no paper has that id.
        """
        template = DocxTemplate(self._paths[paper_id])
        template.render(content(request), jinja_env=_environment(), autoescape=True)
        written = BytesIO()
        template.save(written)
        return written.getvalue()


def _template(paper_id: str, own: Path | None) -> Path:
    edited = own / f"{paper_id}.docx" if own else None
    return edited if edited and edited.exists() else draw.FOLDER / f"{paper_id}.docx"


def _environment() -> SandboxedEnvironment:
    """Templates may be edited by many hands: they can name values, not run code."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _check(path: Path) -> None:
    """Fill in a template with nothing, so that a mistake shows when the program starts."""
    try:
        DocxTemplate(path).render(_blank(), jinja_env=_environment(), autoescape=True)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise TemplateError(f"{path}: this is not a Word file (.docx)") from error
    except JinjaError as error:
        raise TemplateError(f"{path}: {error.message}") from error


@lru_cache(maxsize=1)
def _blank() -> dict[str, Any]:
    facts, on = Facts(), date.today()
    request = Request(facts, screen(facts, on), Particulars.from_form({}), frozenset(), on)
    return content(request)
