const express = require('express');
const mysql = require('mysql2/promise');
const { gpt } = require('./lib/gpt');

const app = express();
const pool = mysql.createPool(process.env.DATABASE_URL);

app.post('/ask', express.json(), async (req, res) => {
  const sql = await gpt(`Write MySQL for: ${req.body.question}`);
  // finding: js-model-output-query
  const [rows] = await pool.query(sql);
  res.json(rows);
});

app.listen(8080);
