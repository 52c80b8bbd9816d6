data "aws_iam_policy_document" "agent" {
  statement {
    # ruleid: terraform-wildcard-permission
    actions   = ["*"]
    resources = ["*"]
  }
}
resource "aws_iam_role_policy_attachment" "agent" {
  role       = aws_iam_role.agent.name
  # ruleid: terraform-wildcard-permission
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "google_project_iam_member" "agent" {
  # ruleid: terraform-wildcard-permission
  role   = "roles/owner"
  member = "serviceAccount:agent@example.iam.gserviceaccount.com"
}
data "aws_iam_policy_document" "reader" {
  statement {
    # ok: terraform-wildcard-permission
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::docs/*"]
  }
}
resource "google_project_iam_member" "reader" {
  # ok: terraform-wildcard-permission
  role = "roles/storage.objectViewer"
}
data "aws_iam_policy_document" "elsewhere" {
  statement {
    effect = "Deny"
    # ok: terraform-wildcard-permission
    actions   = ["*"]
    resources = ["*"]
    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpc"
      values   = ["vpc-1"]
    }
  }
  statement {
    effect = "Allow"
    # ruleid: terraform-wildcard-permission
    actions   = ["*"]
    resources = ["*"]
  }
}
