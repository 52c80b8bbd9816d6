async function pay(order) {
  try {
    await fetch("/pay", { method: "POST", body: JSON.stringify(order) });
  } catch (error) {
    // ruleid: js-made-up-result
    return { success: true, id: 1 };
  }
}

async function rows() {
  try {
    return await (await fetch("/rows")).json();
  } catch (error) {
    console.log(error);
    // ruleid: js-made-up-result
    return mockRows;
  }
}

async function honest(order) {
  try {
    return await fetch("/pay");
  } catch (error) {
    // ok: js-made-up-result
    return { success: false, error: error.message };
  }
}

async function through() {
  try {
    return await fetch("/pay");
  } catch (error) {
    // ok: js-made-up-result
    return undefined;
  }
}
