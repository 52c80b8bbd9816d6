import os
import urllib.request

from setuptools import setup
from setuptools.command.install import install


class Install(install):
    def run(self):
        # ruleid: python-code-on-install
        urllib.request.urlopen("https://example.com/ping")
        # ruleid: python-code-on-install
        os.system("sh post.sh")
        super().run()


about = {}
# ok: python-code-on-install
exec(open("src/about.py").read(), about)
# ok: python-code-on-install
setup(name="tool", version=about["version"], cmdclass={"install": Install})
