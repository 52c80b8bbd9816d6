import ExcelJS from "exceljs";
import OpenAI from "openai";
import * as XLSX from "xlsx";

const client = new OpenAI();

async function ask(question: string) {
  return (await client.responses.create({ model: "m", input: question })).output_text;
}

export async function save(sheet: ExcelJS.Worksheet, question: string) {
  // ruleid: js-model-output-csv
  sheet.addRow([question, await ask(question)]);
  // ruleid: js-model-output-csv
  XLSX.utils.aoa_to_sheet([[await ask(question)]]);
  // ok: js-model-output-csv
  sheet.addRow([question, escapeCell(await ask(question))]);
  // ok: js-model-output-csv
  sheet.addRow([question, Number(await ask(question))]);
}
