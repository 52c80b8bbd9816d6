import { pool, db, prisma, knex } from "./database";

export async function byName(name: string) {
  // ruleid: js-sql-built-text
  return pool.query(`select id, mail from users where name = '${name}'`);
}

export async function rename(id: string, name: string) {
  // ruleid: js-sql-built-text
  await prisma.$executeRawUnsafe(`UPDATE users SET name = '${name}' WHERE id = ${id}`);
}

export function search(text: string) {
  // ruleid: js-sql-built-text
  return knex.raw("SELECT * FROM pages WHERE title LIKE '%" + text + "%'");
}

export async function safe(name: string, table: string) {
  // The value goes beside the text.
  // ok: js-sql-built-text
  await pool.query("select id from users where name = $1", [name]);
  // The name of a table is no value.
  // ok: js-sql-built-text
  await db.query(`select count(*) from "${table}"`);
  // A tagged template makes parameters of its holes.
  // ok: js-sql-built-text
  await prisma.$queryRaw`select id from users where name = ${name}`;
  // ok: js-sql-built-text
  await db.query(`select id from users where name = '${escapeLiteral(name)}'`);
  // No SQL at all.
  // ok: js-sql-built-text
  await db.get(`users/'${name}'`);
}

function escapeLiteral(text: string) {
  return text.replaceAll("'", "''");
}
