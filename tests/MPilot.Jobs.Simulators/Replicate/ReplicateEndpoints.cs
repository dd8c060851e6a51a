using MPilot.Jobs.Simulators.Hosting;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>Replicate's paths under <c>/v1</c>, and the links of what predictions make.</summary>
internal static class ReplicateEndpoints
{
    public const string Provider = "replicate";

    public static void MapReplicate(this WebApplication app, SimulatorParts parts, CancellationToken stopping)
    {
        var shelf = new ReplicateShelf(parts.Time);
        app.MapPost("/v1/models/{owner}/{name}/predictions", (string owner, string name, HttpContext context) =>
            RunAsync(context, null, call => new ReplicateCreation(call, stopping).RunAsync($"{owner}/{name}")));
        app.MapPost("/v1/predictions", context => RunAsync(context, null, call => new ReplicateCreation(call, stopping).RunAsync(null)));
        app.MapGet("/v1/predictions/{id}", (string id, HttpContext context) => RunAsync(context, "poll", call => PollAsync(call, id)));
        app.MapPost("/v1/predictions/{id}/cancel", (string id, HttpContext context) => RunAsync(context, "cancel", call => CancelAsync(call, id)));
        app.MapPost("/v1/files", context => RunAsync(context, "upload", UploadAsync));
        app.MapDelete("/v1/files/{id}", (string id, HttpContext context) => RunAsync(context, "delete", call => DeleteAsync(call, id)));
        app.MapGet("/delivery/{id}/{index:int}", (string id, int index, HttpContext context) => RunAsync(context, "output", call => DeliverAsync(call, id, index)));

        Task RunAsync(HttpContext context, string? kind, Func<ReplicateCall, Task> answer)
        {
            var exchange = Calls.Arrive(context, Provider, parts, stopping);
            return Calls.RunAsync(exchange, () => answer(new ReplicateCall(exchange, shelf, kind)));
        }
    }

    private static async Task PollAsync(ReplicateCall call, string id)
    {
        if (!await call.BeginUnreadAsync() || !await call.BeginAsync()) return;
        if (call.Shelf.Prediction(id) is { } prediction) await call.TellAsync(StatusCodes.Status200OK, prediction);
        else await call.RefuseAsync(ReplicateRefusal.NotFound);
    }

    private static async Task CancelAsync(ReplicateCall call, string id)
    {
        if (!await call.BeginUnreadAsync() || !await call.BeginAsync()) return;
        if (call.Shelf.Prediction(id) is not { } prediction)
        {
            await call.RefuseAsync(ReplicateRefusal.NotFound);
            return;
        }
        prediction.Cancel();
        await call.TellAsync(StatusCodes.Status200OK, prediction);
    }

    private static async Task UploadAsync(ReplicateCall call)
    {
        if (!await call.BeginUnreadAsync()) return;
        var (exchange, upload) = (call.Exchange, new Upload());
        try
        {
            upload = await UploadReader.ReadAsync(exchange.Context.Request, exchange.Parts.Uploads, exchange.Context.RequestAborted);
            exchange.Parts.Ledger.Receive(exchange.Call, record => record with { Order = upload.Order, Fields = upload.Fields, Parts = upload.Files });
        }
        catch (InvalidDataException)
        {
            // A form that breaks off holds no file.
        }
        if (!await call.BeginAsync()) return;
        if (upload.Files is [{ Name: "content" } content]) await call.AnswerAsync(StatusCodes.Status201Created, ReplicateBodies.File(call.Shelf.Add(content, call.Address)));
        else await call.RefuseAsync(new(400, "Missing content", "Bad request"));
    }

    private static async Task DeleteAsync(ReplicateCall call, string id)
    {
        if (!await call.BeginUnreadAsync() || !await call.BeginAsync()) return;
        if (call.Shelf.Delete(id)) await call.AnswerAsync(StatusCodes.Status204NoContent);
        else await call.RefuseAsync(ReplicateRefusal.NotFound);
    }

    private static async Task DeliverAsync(ReplicateCall call, string id, int index)
    {
        if (!await call.BeginUnreadAsync() || !await call.BeginAsync(needsKey: false)) return;
        var exchange = call.Exchange;
        if (call.Shelf.Prediction(id) is not { IsRemoved: false } prediction || index >= prediction.Pictures.Count)
        {
            await call.RefuseAsync(ReplicateRefusal.NotFound);
            return;
        }
        var (spec, label) = (prediction.Pictures[index].Spec, prediction.Pictures[index].Label);
        var isWrong = exchange.Action.WrongBytes || prediction.Action.WrongBytes;
        ReadOnlyMemory<byte>[] picture = isWrong ? [ReplicateBodies.Text("this is no picture")] : [.. exchange.Parts.Studio.Render(spec, label).Bytes()];
        exchange.Start(StatusCodes.Status200OK, spec.Format.MediaType());
        exchange.Context.Response.ContentLength = picture.Sum(piece => (long)piece.Length);
        foreach (var piece in picture) await exchange.WriteAsync(piece);
    }
}
