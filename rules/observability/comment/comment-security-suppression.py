import subprocess

command = "ls"
# ruleid: comment-security-suppression
subprocess.run(command, shell=True)  # nosec

# ruleid: comment-security-suppression
value = eval("1 + 1")  # noqa: S307

# ok: comment-security-suppression
count = len(command)  # noqa: E501

# ok: comment-security-suppression
total = 1  # the nose counts
