-- Runs inside a headless Neovim: opens every file named in COUNTERSIGN_E2E_FILES (one per line) with the language server attached, waits
-- until the server has published diagnostics for each, and writes them to COUNTERSIGN_E2E_OUT as JSON, just as the server sent them:
--   { "published": { PATH: [Diagnostic] }, "missing": [PATH], "initialized": ServerCapabilities }
-- Neovim 0.7 (Debian 12's) is enough: it has start_client and buf_attach_client, not yet vim.lsp.start.

local LIMIT_MS = 60000

local function lines_of(name)
  return vim.split(vim.env[name], '\n', { trimempty = true })
end

local files = lines_of('COUNTERSIGN_E2E_FILES')
local command = lines_of('COUNTERSIGN_E2E_COMMAND')
local published = {}

local client = vim.lsp.start_client({
  name = 'countersign',
  cmd = command,
  root_dir = vim.fn.getcwd(),
  handlers = {
    ['textDocument/publishDiagnostics'] = function(_, result)
      published[vim.uri_to_fname(result.uri)] = result.diagnostics
    end,
  },
})
assert(client, 'the language server did not start')

for _, file in ipairs(files) do
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  assert(vim.lsp.buf_attach_client(0, client), 'no client attached to ' .. file)
end

-- vim.wait runs the event loop: it returns as soon as the last file has its diagnostics.
vim.wait(LIMIT_MS, function()
  for _, file in ipairs(files) do
    if not published[file] or #published[file] == 0 then return false end
  end
  return true
end, 20)

local missing = {}
local found = {}
for _, file in ipairs(files) do
  if published[file] then found[file] = published[file] else table.insert(missing, file) end
end
local running = vim.lsp.get_client_by_id(client)
local out = assert(io.open(vim.env.COUNTERSIGN_E2E_OUT, 'w'))
out:write(vim.json.encode({
  published = found,
  missing = #missing > 0 and missing or vim.empty_dict(),
  capabilities = running and running.server_capabilities or vim.NIL,
}))
out:close()
vim.lsp.stop_client(client)
vim.cmd('qall!')
