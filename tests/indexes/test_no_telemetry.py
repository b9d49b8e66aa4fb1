"""Nothing is told to anybody about this machine."""

import os
import subprocess
import sys
from pathlib import Path


def test_embedding_leaves_nothing_in_the_users_home(tmp_path):
    home, data = tmp_path / "home", tmp_path / "data"
    home.mkdir()
    code = "import sys; from pathlib import Path; from indexes.embedding import load_embedder; load_embedder('default', Path(sys.argv[1])).embed(['a'])"
    known = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment = known | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "PYTHONPATH": str(Path.cwd()),
    }

    subprocess.run([sys.executable, "-c", code, str(data)], env=environment, check=True)

    assert list(home.rglob("*")) == []
