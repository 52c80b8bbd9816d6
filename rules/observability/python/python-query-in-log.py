import logging


def account(connection, user):
    sql = "SELECT * FROM accounts WHERE owner = '" + user + "'"
    try:
        return connection.run(sql)
    except ValueError:
        # ruleid: python-query-in-log
        logging.error(f"failed: {sql}")
        # ruleid: python-query-in-log
        logging.error("failed: %s", sql)
        # ok: python-query-in-log
        logging.error("account query failed")
        raise


def constant(connection):
    sql = "SELECT 1"
    # ok: python-query-in-log
    logging.info("running %s", sql)
    return connection.run(sql)
