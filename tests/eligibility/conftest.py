"""Shared by the tests of eligibility/: a filled-in parameter folder."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from eligibility import parameters
from eligibility.parameters import Parameters

TODAY = date(2026, 11, 22)

ENTRY = """
description: 测试用，不是真的标准
unit: 测试
values:
  - from: 2022-01-01
    value: null
    reference: 《法律援助法》第三十四条
    checked_on: 2026-11-22
  - from: 2026-01-01
    value: {value}
    reference: 测试用的文件
    checked_on: 2026-11-22
"""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Parameters:
    """The shipped parameters as a deploying institution might fill them in, with made-up values."""
    folder = tmp_path_factory.mktemp("filled") / "parameters"
    shutil.copytree(parameters.FOLDER, folder)
    (folder / "hardship_standard" / "hohhot.yml").write_text(
        ENTRY.format(value=1000), encoding="utf-8"
    )
    (folder / "added_matters.yml").write_text(ENTRY.format(value="[land]"), encoding="utf-8")
    (folder / "added_exempt_matters.yml").write_text(
        ENTRY.format(value="[food_drug_injury]"), encoding="utf-8"
    )
    return parameters.read(folder)
