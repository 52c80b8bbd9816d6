#!/bin/bash
# ruleid: bash-destructive-command
rm -rf "$BUILD_DIR"/*
# ruleid: bash-destructive-command
rm -rf $HOME
# ruleid: bash-destructive-command
git push --force origin main
# ruleid: bash-destructive-command
terraform destroy -auto-approve
# ruleid: bash-destructive-command
aws s3 rm s3://backups --recursive
# ruleid: bash-destructive-command
psql -c "DROP DATABASE shop"
# ok: bash-destructive-command
rm -rf "${BUILD_DIR:?}/cache"
# ok: bash-destructive-command
rm -rf node_modules dist
# ok: bash-destructive-command
git push --force-with-lease origin feature
# ok: bash-destructive-command
terraform plan -destroy
# ok: bash-destructive-command
echo "rm -rf /"
