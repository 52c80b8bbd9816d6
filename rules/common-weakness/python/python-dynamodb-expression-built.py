from boto3.dynamodb.conditions import Attr


def find(table, field, value):
    # ruleid: python-dynamodb-expression-built
    return table.scan(FilterExpression=field + " = :v", ExpressionAttributeValues={":v": value})


def query(table, name):
    # ruleid: python-dynamodb-expression-built
    return table.query(KeyConditionExpression=f"name = {name}")


def safe(table, value):
    # ok: python-dynamodb-expression-built
    return table.scan(FilterExpression="#f = :v", ExpressionAttributeNames={"#f": "field"}, ExpressionAttributeValues={":v": value})


def built(table, value):
    # ok: python-dynamodb-expression-built
    return table.scan(FilterExpression=Attr("field").eq(value))


def change(table, key, values):
    parts = [f"#{index} = :{index}" for index in range(len(values))]
    names = {f"#{index}": name for index, name in enumerate(values)}
    # ok: python-dynamodb-expression-built
    return table.update_item(Key=key, UpdateExpression="SET " + ", ".join(parts), ExpressionAttributeNames=names)
