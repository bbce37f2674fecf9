from __future__ import annotations

import re
import stat

from localairflow.env import main, text


def test_the_file_is_for_its_owner_alone_and_never_overwritten(tmp_path, capsys):
    file = tmp_path / ".env"
    assert main([str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    assert main([str(file)]) == 1
    assert file.read_bytes() == before
    assert "stays as it is" in capsys.readouterr().err


def test_secrets_are_fresh_each_time_and_safe_in_urls_and_json():
    once, again = (dict(re.findall(r"^(\w+_(?:PASSWORD|KEY|SECRET))=(.*)$", text(), re.M)) for _ in range(2))
    assert len(once) == 10  # GRAFANA_PASSWORD among them
    assert not set(once.values()) & set(again.values())
    assert all(re.fullmatch(r"[\w=-]{20,}", secret) for secret in once.values())
