def summarise(client, patient):
    return client.chat.completions.create(
        model="m",
        messages=[
            # ruleid: python-personal-data-in-prompt
            {"role": "user", "content": f"Summarise: {patient.diagnosis}, born {patient.date_of_birth}"},
        ],
    )


def pay(client, row):
    # ruleid: python-personal-data-in-prompt
    return client.responses.create(model="m", input="Check " + row["iban"])


def safely(client, patient):
    # ok: python-personal-data-in-prompt
    return client.responses.create(model="m", input=f"Summarise: {redact(patient.diagnosis)}")


def other(client, ticket):
    # ok: python-personal-data-in-prompt
    return client.responses.create(model="m", input=ticket.subject)
