"""Azure Functions, the Python v2 programming model."""

import azure.functions as func

from connector.functions import azure

app = func.FunctionApp()


@app.route("webhooks/default/{*secret}", methods=["POST"], auth_level=func.AuthLevel.ANONYMOUS)
def webhook(req: func.HttpRequest) -> func.HttpResponse:
    """Every delivery is verified on its bytes."""
    return azure.webhook(req, func.HttpResponse)


@app.timer_trigger("0 */5 * * * *", arg_name="timer", run_on_startup=False)
def sync(timer: func.TimerRequest) -> None:
    """A function without an output must answer nothing; the log has the run's summary."""
    azure.sync(timer)
