/** One pool for the process. */
import { Pool } from 'pg';

let pool: Pool | undefined;

function getPool(): Pool {
  return (pool ??= new Pool({ connectionString: process.env.DATABASE_URL }));
}

export default async function runQuery<T>(text: string): Promise<T[]> {
  const client = await getPool().connect();
  try {
    // finding: js-model-output-query
    const result = await client.query(text);
    return result.rows as T[];
  } finally {
    client.release();
  }
}
