"""The set-up script's clear errors, and what it relies on in the files beside it."""

import ast
import errno
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".ci" / "setup"
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture
def script(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # no cache file beside a file without .py
    loader = SourceFileLoader("wirehouse_setup", str(SCRIPT))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def place(script, monkeypatch, tmp_path):
    """The script at work in an empty folder, with every command it would run written down instead."""
    monkeypatch.setattr(script, "ROOT", str(tmp_path))
    for name, part in [
        ("VENV", ".venv"),
        ("PYTHON", ".venv/bin/python"),
        ("STAMP", ".venv/.ready"),
        ("UNFINISHED", ".venv/.unfinished"),
        ("STATE", ".dagster"),
    ]:
        monkeypatch.setattr(script, name, str(tmp_path / part))
    inputs = [tmp_path / "requirements.txt", tmp_path / "pyproject.toml"]
    for path in inputs:
        path.touch()
    monkeypatch.setattr(script, "INPUTS", [str(path) for path in inputs])
    monkeypatch.setattr(script, "disk_problem", lambda free, needed: None)
    monkeypatch.setattr(script, "find_uv", lambda: None)
    monkeypatch.setattr(script, "choose_python", lambda have_uv: sys.executable)
    calls = []

    def call(command, environment):
        calls.append(command)
        if "venv" in command:
            (tmp_path / ".venv" / "bin").mkdir(parents=True)

    monkeypatch.setattr(script, "call", call)
    return tmp_path, calls


def test_it_parses_on_python_3_6():
    assert ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6)).body


def test_it_and_ci_can_be_executed():
    assert os.access(SCRIPT, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_supported_versions_are_no_problem(script, version):
    assert script.version_problem(version) is None


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10), (3, 15)])
def test_other_versions_get_one_line_that_names_the_way_out(script, version):
    line = script.version_problem(version)
    assert "\n" not in line
    assert ".".join(map(str, version)) in line
    assert "PYTHON=" in line


def test_an_old_python_gives_way_to_a_newer_one_on_the_path(script):
    others = {"python3.13": None, "python3.12": ((3, 12), [])}
    chosen = script.choose_python(False, found=((3, 8), []), others=list(others), look=others.get)
    assert chosen.endswith("python3.12")


def test_the_running_python_comes_first(script):
    assert script.choose_python(False, found=((3, 11), []), look=None) == sys.executable


def test_an_old_python_alone_is_refused(script):
    with pytest.raises(script.SetupError, match=r"3\.9, and Wirehouse needs 3\.11"):
        script.choose_python(False, found=((3, 9), []), look=lambda command: None)


def test_a_missing_module_names_the_package_to_install(script):
    with pytest.raises(script.SetupError, match=r"ensurepip missing.*apt install python3-venv"):
        script.choose_python(False, found=((3, 11), ["ensurepip"]), look=lambda command: None)


def test_the_advice_is_that_of_the_nearest_python(script):
    others = {"python3.12": ((3, 12), ["ensurepip"])}
    with pytest.raises(script.SetupError, match="apt install python3-venv"):
        script.choose_python(False, found=((3, 8), []), others=list(others), look=others.get)


def test_uv_needs_no_ensurepip(script):
    assert script.choose_python(True, found=((3, 11), ["venv", "ensurepip"]), look=None) == sys.executable


def test_a_full_disk_is_said_before_anything_is_fetched(script):
    assert script.disk_problem(3 * script.GIB, script.NEEDED_NEW) is None
    line = script.disk_problem(1 * script.GIB, script.NEEDED_NEW)
    assert "1.0 GB free" in line
    assert "2.5 GB needed" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "disk filled up"),
        ("failed to copy: No space left on device (os error 28)", "disk filled up"),
        ("error: Failed to fetch\n  cause: dns error", "cannot be fetched"),
        ("ERROR: No matching distribution found for alembic==1.0", "cannot be fetched"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "its hash differs"),
        ("error: Hash mismatch for `rich==15.0.0`\nfailed to fetch", "its hash differs"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "must be writable"),
        ("something nobody has thought of", "could not be installed"),
    ],
)
def test_an_installers_words_become_one_line(script, output, said):
    line = script.failure_line(output)
    assert said in line
    assert "\n" not in line


def test_the_tail_is_short_and_keeps_passwords_to_itself(script):
    output = "\n".join(f"line {n}" for n in range(50)) + "\ncannot reach https://me:secret@mirror.example/simple\n"
    tail = script.tail(output)
    assert "secret" not in tail
    assert "https://***@mirror.example/simple" in tail
    assert len(tail.splitlines()) == 8


def test_the_callers_shell_does_not_reach_the_installers(script):
    mine = {
        "PYTHONHOME": "/x",
        "PYTHONPATH": "/x",
        "VIRTUAL_ENV": "/x",
        "PIP_TARGET": "/x",
        "UV_PYTHON": "/x",
    }
    kept = script.child_environment({**mine, "PATH": "/bin", "HOME": "/root", "PIP_INDEX_URL": "x"}, "/s", True)
    assert not mine.keys() & kept.keys()
    assert (kept["PATH"], kept["HOME"], kept["PIP_INDEX_URL"]) == ("/bin", "/root", "x")
    assert "UV_CACHE_DIR" not in kept


def test_without_a_home_the_caches_go_to_the_scratch_folder(script):
    kept = script.child_environment({"HOME": "/nonexistent"}, "/scratch", False)
    assert kept["UV_CACHE_DIR"].startswith("/scratch")
    assert kept["PIP_NO_CACHE_DIR"] == "1"
    assert kept["HOME"] == "/scratch"


@pytest.mark.parametrize("home", [None, "", "relative", "/nonexistent/home"])
def test_an_unusable_home_is_noticed(script, home):
    assert not script.home_is_writable({} if home is None else {"HOME": home})


def test_dotenv_keeps_what_is_not_ours(script):
    assert script.dotenv_text("", "/w") == "DAGSTER_HOME=/w\n"
    assert script.dotenv_text("TOKEN=1\nDAGSTER_HOME=/old\n", "/w") == "DAGSTER_HOME=/w\nTOKEN=1\n"


def test_a_set_up_stamps_and_leaves_no_scratch(script, place, capsys):
    root, calls = place
    assert script.main() == 0
    assert script.is_ready()
    assert (root / ".venv" / ".ready").read_text() == f"{root}\n"
    assert (root / ".env").read_text() == f"DAGSTER_HOME={root}\n"
    assert list((root / ".dagster").iterdir()) == []
    assert not (root / ".venv" / ".unfinished").exists()
    assert any("--require-hashes" in command for command in calls)
    assert calls[-1][-4:] == ["--no-deps", "--no-build-isolation", "-e", str(root)]
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Setting up .venv")
    assert re.match(r"Set up in \d+ s", last)


def test_a_set_up_broken_off_leaves_no_stamp_and_is_started_over(script, place, monkeypatch, capsys):
    root, _ = place
    working = script.call

    def failing(command, environment):
        working(command, environment)
        if "--require-hashes" in command:
            (root / ".venv" / "half-installed").touch()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(script, "call", failing)
    assert script.main() == 1
    assert capsys.readouterr().err.startswith("set-up: the disk filled up")
    assert not (root / ".venv" / ".ready").exists()
    assert not script.venv_is_sound(False)

    monkeypatch.setattr(script, "call", working)
    assert script.main() == 0
    assert not (root / ".venv" / "half-installed").exists()


def test_where_uv_cannot_fetch_pip_is_tried(script, place, monkeypatch, capsys):
    _, calls = place
    working = script.call

    def call(command, environment):
        working(command, environment)
        if command[0] == "uv" and "--require-hashes" in command:
            raise script.SetupError(script.UNREACHABLE)

    monkeypatch.setattr(script, "find_uv", lambda: "uv")
    monkeypatch.setattr(script, "call", call)
    assert script.main() == 0
    assert "trying pip" in capsys.readouterr().out
    assert calls[-1][0] == script.PYTHON


def test_a_copied_venv_is_not_taken_for_ours(script, place):
    root, _ = place
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "activate").write_text('VIRTUAL_ENV="/somewhere/else/.venv"\n')
    assert not script.venv_is_sound(True)


def test_every_pin_has_a_hash_and_no_address():
    assert "://" not in REQUIREMENTS
    entries = re.split(r"\n(?=[a-z0-9])", REQUIREMENTS)[1:]
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def wanted():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = [re.match(r"[\w.-]+", line)[0].lower().replace(".", "-") for line in [*named, *project_extra(project)]]
    return [name for name in names if name != "wirehouse"]  # the dev extra takes the project's own extras along


def project_extra(project, *, is_pinned=True):
    """What the extras ask for: those that the dev extra takes along, which are pinned, or the others."""
    extras = project["optional-dependencies"]
    taken = set(re.findall(r"[\w-]+", " ".join(extras["dev"]).partition("wirehouse[")[2].partition("]")[0]))
    named = [name for name in extras if name != "dev" and (name in taken) == is_pinned]
    return [line for name in named for line in extras[name]]


def test_the_table_of_third_parties_names_what_other_extras_ask_for():
    """torch, spaCy and GLiNER are gigabytes that nothing but their extra needs: neither pinned nor installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
    for line in project_extra(project, is_pinned=False):
        name = re.match(r"[\w-]+", line)[0]
        assert re.search(rf"(?m)^\|(?: [\w-]+ \|)? {re.escape(name)} ", table), line


@pytest.mark.parametrize("name", wanted())
def test_the_table_of_third_parties_names_the_versions_we_pin(name):
    versions = re.findall(rf"(?m)^{re.escape(name)}==(\S+)", REQUIREMENTS)  # numpy's differs by Python
    table = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
    cell = re.search(rf"(?m)^\| {re.escape(name)} \| ([^|]+) \|", table)[1]
    assert set(versions) <= set(re.split(r"[ ,]+", cell))
    assert importlib.metadata.version(name) in versions


def test_a_space_in_the_path_is_one_clear_line(tmp_path):
    place = tmp_path / "two words"
    place.mkdir()
    (place / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["make", "run"], cwd=place, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    assert "space in its path" in done.stderr
