import tarfile
import zipfile


def unpack(path, target):
    with tarfile.open(path) as archive:
        # ruleid: python-archive-extract
        archive.extractall(target)


def one_by_one(path):
    archive = tarfile.open(path, "r:gz")
    for member in archive:
        # ruleid: python-archive-extract
        archive.extract(member, "/tmp/out")


def short(path):
    # ruleid: python-archive-extract
    tarfile.open(path).extractall()


def filtered(path, target):
    with tarfile.open(path) as archive:
        # ok: python-archive-extract
        archive.extractall(target, filter="data")


def zipped(path, target):
    with zipfile.ZipFile(path) as archive:
        # ok: python-archive-extract
        archive.extractall(target)


def unpack_old_and_new(name, folder):
    with tarfile.open(name) as archive:
        if hasattr(tarfile, "data_filter"):
            archive.extractall(folder, filter="data")
        else:
            # ok: python-archive-extract
            archive.extractall(folder)


def description(archive, folder):
    with tarfile.open(archive) as tar:
        # ok: python-archive-extract
        tar.extract(DESCRIPTION_FILE, path=folder)
        # ruleid: python-archive-extract
        tar.extract(tar.getmembers()[0], path=folder)
