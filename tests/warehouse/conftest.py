"""A lake as it is made, copied for each test that wants one."""

import shutil
from pathlib import Path

import pytest

from warehouse.lake import Lake


@pytest.fixture(scope="session")
def new_lake(tmp_path_factory):
    """A lake as it is made; copying it is quicker than making another."""
    folder = tmp_path_factory.mktemp("new") / "lake"
    Lake.open(folder).close()
    return folder


@pytest.fixture
def folder(tmp_path, new_lake):
    """A new lake's folder."""
    return Path(shutil.copytree(new_lake, tmp_path / "lake"))
