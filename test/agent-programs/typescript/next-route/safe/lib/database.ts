/** One pool for the process. */
import { Pool } from 'pg';

let pool: Pool | undefined;

function getPool(): Pool {
  return (pool ??= new Pool({ connectionString: process.env.DATABASE_URL }));
}

export default async function ordersOf(customer: string): Promise<unknown[]> {
  const client = await getPool().connect();
  try {
    const result = await client.query('SELECT id, total FROM orders WHERE customer = $1', [customer]);
    return result.rows;
  } finally {
    client.release();
  }
}
