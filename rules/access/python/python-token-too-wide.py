from google.oauth2 import service_account

# ruleid: python-token-too-wide
SCOPES = ["https://www.googleapis.com/auth/drive"]
# ruleid: python-token-too-wide
GRAPH_SCOPES = ["User.Read", "Mail.ReadWrite"]


def login(client, path):
    # ruleid: python-token-too-wide
    client.authorize(scope="repo delete_repo")
    # ok: python-token-too-wide
    return service_account.Credentials.from_service_account_file(path, scopes=["https://www.googleapis.com/auth/drive.file"])


# ok: python-token-too-wide
READ = ["https://www.googleapis.com/auth/drive.readonly"]
