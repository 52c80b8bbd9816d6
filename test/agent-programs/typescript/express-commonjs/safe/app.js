const express = require('express');
const mysql = require('mysql2/promise');
const { gpt } = require('./lib/gpt');

const app = express();
const pool = mysql.createPool(process.env.DATABASE_URL);

app.post('/ask', express.json(), async (req, res) => {
  const product = await gpt(`Which product is this about? One word. ${req.body.question}`);
  const [rows] = await pool.query('SELECT * FROM stock WHERE product = ?', [product]);
  res.json(rows);
});

app.listen(8080);
