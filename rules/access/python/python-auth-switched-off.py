from django.contrib.auth.decorators import login_required
from django.views.decorators.csrf import csrf_exempt
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from flask_cors import CORS

app = FastAPI()
# ruleid: python-auth-switched-off
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"])
# ruleid: python-auth-switched-off
CORS(app, origins="*", supports_credentials=True)


# ruleid: python-auth-switched-off
@csrf_exempt
def pay(request):
    if request.user.is_authenticated:
        Order.objects.create(owner=request.user)
    return None


# ruleid: python-auth-switched-off
@csrf_exempt
@login_required
def order(request):
    return None


# ok: python-auth-switched-off
@csrf_exempt
@authorize_by_key
def callback(request):
    return None


# ok: python-auth-switched-off
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], allow_credentials=True)
# ok: python-auth-switched-off
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])


# ok: python-auth-switched-off
def show(request):
    return None
