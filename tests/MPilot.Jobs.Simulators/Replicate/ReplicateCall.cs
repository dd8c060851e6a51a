using System.Text.Json;
using System.Text.Json.Nodes;
using MPilot.Jobs.Simulators.Hosting;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>One call of the API, with the answers they have in common.</summary>
/// <param name="exchange">The way back to the client.</param>
/// <param name="shelf">What there is.</param>
/// <param name="kind">Which of the calls that rules can be for; <c>null</c>: the one that creates.</param>
internal sealed class ReplicateCall(Exchange exchange, ReplicateShelf shelf, string? kind)
{
    public Exchange Exchange => exchange;

    public ReplicateShelf Shelf => shelf;

    /// <summary>The simulator as the client reached it.</summary>
    public string Address => $"{exchange.Context.Request.Scheme}://{exchange.Context.Request.Host}";

    private string? Secret => Calls.Secret(exchange.Context.Request);

    /// <summary>Asks the script and looks at the key. False: the call is answered, or broken off.</summary>
    /// <param name="model">For rules, once it is known.</param>
    /// <param name="prompt">For rules, once it is known.</param>
    /// <param name="needsKey">The links of outputs need none.</param>
    public async Task<bool> BeginAsync(string? model = null, string? prompt = null, bool needsKey = true)
    {
        exchange.Action = exchange.Parts.Script.Take(ReplicateEndpoints.Provider, exchange.Call.Record.Key, model, prompt, kind);
        if (kind is not null) await exchange.PauseAsync();
        if (kind is not null && exchange.Action.ResetAfterPurchase) exchange.Abort();
        else if (exchange.Action is { Status: not null } or { RefuseKey: true } or { Quota: true }) await RefuseAsync(ReplicateRefusal.Scripted(exchange.Action));
        else if (needsKey && Secret?.StartsWith("r8_", StringComparison.Ordinal) != true) await RefuseAsync(ReplicateRefusal.Key);
        else return true;
        return false;
    }

    /// <summary>Does what a rule wants done before the body is read. False: the call is answered, or broken off.</summary>
    public async Task<bool> BeginUnreadAsync()
    {
        if (exchange.Parts.Script.TakeBeforeBody(ReplicateEndpoints.Provider, exchange.Call.Record.Key, kind) is not { } early) return true;
        exchange.Action = early;
        await exchange.PauseAsync();
        if (early.ResetBeforeBody) exchange.Abort();
        else await RefuseAsync(ReplicateRefusal.Scripted(early));
        return false;
    }

    public Task RefuseAsync(ReplicateRefusal refusal) => AnswerAsync(refusal.Status, ReplicateBodies.Error(refusal));

    public async Task AnswerAsync(int status, params ReadOnlyMemory<byte>[] body)
    {
        if (exchange.ClientLeft) return;
        exchange.Start(status, "application/json");
        if (status == StatusCodes.Status204NoContent) return;
        exchange.Context.Response.ContentLength = body.Sum(piece => (long)piece.Length);
        foreach (var piece in body) await exchange.WriteAsync(piece);
    }

    /// <summary>Tells of a prediction.</summary>
    public Task TellAsync(int status, ReplicatePrediction prediction)
    {
        var document = ReplicateBodies.Prediction(prediction, prediction.Tell(exchange.Action.Stale), Address);
        if (exchange.Action.InvalidJson) return AnswerAsync(status, ReplicateBodies.Text(document[..(document.Length / 2)]));
        var parts = document.Split(ReplicateBodies.Output);
        return parts is [var head, var tail]
            ? AnswerAsync(status, [ReplicateBodies.Text(head), .. Output(prediction), ReplicateBodies.Text(tail)])
            : AnswerAsync(status, ReplicateBodies.Text(document));
    }

    /// <summary>The body as an object; <c>null</c> if it is none.</summary>
    public async Task<JsonObject?> ReadAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(exchange.Context.Request.Body, cancellationToken: exchange.Context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Output(ReplicatePrediction prediction)
    {
        var texts = prediction.Pictures.Select((_, index) => Picture(prediction, index));
        var isList = prediction.Model.MakesList;
        return [ReplicateBodies.Text(isList ? "[" : ""), .. texts.SelectMany((text, index) => (IEnumerable<ReadOnlyMemory<byte>>)[ReplicateBodies.Text(index > 0 ? ",\"" : "\""), .. text, ReplicateBodies.Text("\"")]), ReplicateBodies.Text(isList ? "]" : "")];
    }

    private IEnumerable<ReadOnlyMemory<byte>> Picture(ReplicatePrediction prediction, int index)
    {
        var (spec, label) = (prediction.Pictures[index].Spec, prediction.Pictures[index].Label);
        return prediction.Action.DataUrls
            ? [ReplicateBodies.Text($"data:{Pictures.PictureFormatNames.MediaType(spec.Format)};base64,"), .. exchange.Parts.Studio.Render(spec, label).Base64()]
            : [ReplicateBodies.Text($"{Address}/delivery/{prediction.Id}/{index}")];
    }
}
