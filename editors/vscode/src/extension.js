// Starts `dryboot lsp` and connects the editor with it. Everything else is the server's.

const vscode = require('vscode')
const { LanguageClient } = require('vscode-languageclient/node')

/** What the server looks into; what has no user-data inside, it leaves alone. */
const LANGUAGES = [
  'cloud-config',
  'dockercompose',
  'json',
  'makefile',
  'markdown',
  'ruby',
  'shellscript',
  'terraform',
  'yaml',
]

/** The scheme of the documents that show explanations. */
const SCHEME = 'dryboot'

let client

exports.activate = async context => {
  const explanations = new Map()
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => explanations.get(uri.path),
    }),
    vscode.commands.registerCommand('dryboot.restart', () => client?.restart()),
  )
  client = new LanguageClient('dryboot', 'dryboot', server(), {
    documentSelector: [
      ...LANGUAGES.map(language => ({ language })),
      { language: 'toml', pattern: '**/dryboot.toml' },
    ],
    initializationOptions: { showsExplanations: true },
    middleware: { executeCommand: (command, args, next) => explain(explanations, command, args, next) },
  })
  await client.start().catch(() => missing())
}

exports.deactivate = () => client?.stop()

function server() {
  const command = vscode.workspace.getConfiguration('dryboot').get('path', 'dryboot')
  return { command, args: ['lsp'] }
}

/** Shows the documentation of a rule beside the text. */
async function explain(explanations, command, args, next) {
  const documentation = await next(command, args)
  if (command !== 'dryboot.explain' || typeof documentation !== 'string') return documentation
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${args[0]}.md` })
  explanations.set(uri.path, documentation)
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri)
  return documentation
}

async function missing() {
  const settings = 'Open settings'
  const chosen = await vscode.window.showErrorMessage(
    'dryboot does not start. Install the command, or set `dryboot.path` to where it is.',
    settings,
  )
  if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'dryboot.path')
}
