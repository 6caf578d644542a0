"""The wheel: built, installed into an empty place, run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without a registry."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT], check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_it_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"extract"}
    assert "extract/_rules/fragments.yml" in names
    assert "extract/_rules/lookups/status.yml" in names
    assert "extract/py.typed" in names
    review = ROOT / "extract" / "review"
    parts = [path.relative_to(ROOT).as_posix() for folder in ("assets", "templates") for path in (review / folder).iterdir()]
    assert len(parts) >= 8
    assert {*parts, "extract/review/words.yml"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """Installed into an environment of its own; the libraries it depends on are lent by this one."""
    home = tmp_path / "home"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--prefix", home, "--ignore-installed", wheel]
    subprocess.run(install, check=True)
    lent = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "lent.pth").write_text("\n".join(lent), encoding="utf-8")

    sample = next((ROOT / "samples").glob("*.txt"))
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    where = "import extract.rulebook.where as w; print(w.__file__, w.default_rules(), sep='\\n')"
    found = subprocess.run([home / "bin" / "python", "-c", where], cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert all(line.startswith(str(home)) for line in found.stdout.split())

    command = [home / "bin" / "taizhang", "run", sample, "-o", "out", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8-sig").count("\n") >= 2
    done = subprocess.run([*command[:1], "review", "out"], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "review" / "index.html").is_file()
