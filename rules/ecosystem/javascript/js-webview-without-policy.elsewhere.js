import * as vscode from "vscode";
import { page } from "./page";

// The page and its policy are made in another file.
// ok: js-webview-without-policy
const panel = vscode.window.createWebviewPanel("graph", "Graph", vscode.ViewColumn.One, { enableScripts: true });
panel.webview.html = page(panel.webview);
