const answer = await fetch("{{base}}/api/v1/me", {
  headers: { Authorization: `Bearer ${process.env.KEYTURN_SECRET}` },
});
console.log(answer.status, await answer.json());
