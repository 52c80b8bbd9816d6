import cors from "cors";

// ruleid: js-auth-switched-off
app.use(cors({ origin: true, credentials: true }));
app.use((req, res, next) => {
  // ruleid: js-auth-switched-off
  res.setHeader("Access-Control-Allow-Origin", req.headers.origin);
  next();
});
// ok: js-auth-switched-off
app.use(cors({ origin: "https://app.example.com", credentials: true }));
// ok: js-auth-switched-off
app.use(cors());

// Browsers send no cookies where every origin is named by a star.
// ok: js-auth-switched-off
app.use(cors({ origin: "*", credentials: true }));
