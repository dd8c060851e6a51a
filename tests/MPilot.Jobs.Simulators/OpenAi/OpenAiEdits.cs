using System.Globalization;
using MPilot.Jobs.Simulators.Hosting;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>One call of the image-edit endpoint, from upload to answer.</summary>
internal sealed class OpenAiEdits(Exchange exchange, string? secret)
{
    private readonly SimulatorParts _parts = exchange.Parts;

    public async Task RunAsync()
    {
        if (_parts.Script.TakeBeforeBody(OpenAiEndpoints.Provider, exchange.Call.Record.Key) is { } early)
        {
            exchange.Action = early;
            await AnswerUnreadAsync();
            return;
        }

        var upload = await ReadAsync();
        exchange.Action = _parts.Script.Take(OpenAiEndpoints.Provider, exchange.Call.Record.Key, upload?.Text("model"), upload?.Text("prompt"));
        if (secret is null || !secret.StartsWith("sk-", StringComparison.Ordinal)) await RefuseAsync(OpenAiRefusal.Key(secret));
        else if (ScriptedRefusal() is { } scripted) await RefuseLaterAsync(scripted);
        else if (upload is null) await RefuseAsync(new(400, "Could not parse the body: expected a complete 'multipart/form-data' form."));
        else await ConsiderAsync(upload);
    }

    private async Task ConsiderAsync(Upload upload)
    {
        var (edit, refusal) = OpenAiRules.Check(upload);
        if (edit is null) await RefuseAsync(refusal!);
        else if (exchange.Action.Moderation) await RefuseLaterAsync(OpenAiRefusal.Moderation());
        else await EditAsync(edit);
    }

    private async Task AnswerUnreadAsync()
    {
        await exchange.PauseAsync();
        if (exchange.Action.ResetBeforeBody) exchange.Abort();
        else await RefuseAsync(OpenAiBodies.Scripted(exchange.Action));
    }

    /// <returns>Nothing if the body is no form.</returns>
    private async Task<Upload?> ReadAsync()
    {
        try
        {
            var upload = await UploadReader.ReadAsync(exchange.Context.Request, _parts.Uploads, exchange.Context.RequestAborted);
            _parts.Ledger.Receive(exchange.Call, record => record with { Model = upload.Text("model"), Order = upload.Order, Fields = upload.Fields, Parts = upload.Files });
            return upload;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Refusals that come before the provider looks at the request.</summary>
    private OpenAiRefusal? ScriptedRefusal()
    {
        var action = exchange.Action;
        if (action.RefuseKey) return OpenAiRefusal.Key(secret);
        if (action.Quota) return OpenAiRefusal.Quota();
        return action.Status is null ? null : OpenAiBodies.Scripted(action);
    }

    private async Task RefuseLaterAsync(OpenAiRefusal refusal)
    {
        await exchange.PauseAsync();
        if (exchange.Action.Purchased == true) exchange.Purchase(1);
        await RefuseAsync(refusal);
    }

    private async Task RefuseAsync(OpenAiRefusal refusal)
    {
        if (exchange.ClientLeft) return;
        var body = OpenAiBodies.Error(refusal);
        exchange.Start(refusal.Status, "application/json", refusal.Code);
        exchange.Context.Response.ContentLength = body.Length;
        await exchange.WriteAsync(body);
    }

    private async Task EditAsync(OpenAiEdit edit)
    {
        var created = _parts.Time.GetUtcNow().ToUnixTimeSeconds();
        var spec = edit.Spec(exchange.Action.PictureBytes);
        if (edit.Stream) await StreamAsync(edit, created, spec);
        else await AnswerAsync(edit, created, spec);
    }

    private async Task AnswerAsync(OpenAiEdit edit, long created, PictureSpec spec)
    {
        await exchange.PauseAsync();
        exchange.Purchase(edit.N);
        if (exchange.ClientLeft) return;
        if (exchange.Action.ResetAfterPurchase || exchange.Action.Hang)
        {
            exchange.Abort();
            return;
        }
        var body = Body(edit, created, spec);
        exchange.Start(StatusCodes.Status200OK, "application/json");
        exchange.Context.Response.ContentLength = body.Sum(piece => (long)piece.Length);
        foreach (var piece in body) await exchange.WriteAsync(piece);
    }

    private List<ReadOnlyMemory<byte>> Body(OpenAiEdit edit, long created, PictureSpec spec)
    {
        var action = exchange.Action;
        if (action.InvalidJson) return [OpenAiBodies.Broken(created)];
        if (action.EmptyData) return OpenAiBodies.Edit(edit, created, []);
        var labels = Enumerable.Range(0, edit.N).Select(Label).SelectMany(label => Enumerable.Repeat(label, action.Twice ? 2 : 1));
        return action.NoB64
            ? OpenAiBodies.Edit(edit, created, labels.Select(label => Link(spec, label)), "url")
            : OpenAiBodies.Edit(edit, created, labels.Select(label => Base64(spec, label)));
    }

    private async Task StreamAsync(OpenAiEdit edit, long created, PictureSpec spec)
    {
        if (!exchange.Action.AfterPartials) await exchange.PauseAsync();
        exchange.Start(StatusCodes.Status200OK, "text/event-stream");
        for (var index = 0; index < (exchange.Action.Partials ?? edit.Partials); index++)
        {
            await exchange.PauseForPictureAsync();
            await SendAsync(OpenAiBodies.Partial(edit, created, _parts.Studio.Render(spec, Label(index + 1)), index));
        }
        if (exchange.Action.AfterPartials)
        {
            await exchange.FlushAsync();
            await exchange.PauseAsync();
        }
        await exchange.PauseForPictureAsync();
        if (exchange.Action.StreamError)
        {
            await SendAsync(OpenAiBodies.StreamError(new(500, "The server had an error while processing your request.", Type: "server_error")));
            return;
        }
        exchange.Purchase(1);
        if (exchange.Action.ResetAfterPurchase || exchange.Action.Hang) exchange.Abort();
        else for (var left = exchange.Action.EmptyData ? 0 : exchange.Action.Twice ? 2 : 1; left > 0; left--) await SendAsync(OpenAiBodies.Completed(edit, created, Base64(spec, Label(0))));
    }

    private async Task SendAsync(List<ReadOnlyMemory<byte>> frame)
    {
        foreach (var piece in frame) await exchange.WriteAsync(piece);
        await exchange.FlushAsync();
    }

    private IEnumerable<ReadOnlyMemory<byte>> Base64(PictureSpec spec, string label) =>
        exchange.Action.WrongBytes ? [OpenAiBodies.NoPicture] : _parts.Studio.Render(spec, label).Base64();

    private string Label(int index) => string.Create(CultureInfo.InvariantCulture, $"{exchange.Call.Number}-{index}");

    private IEnumerable<ReadOnlyMemory<byte>> Link(PictureSpec spec, string label)
    {
        var request = exchange.Context.Request;
        return [OpenAiBodies.Text($"{request.Scheme}://{request.Host}/_pictures/{_parts.Shelf.Add(spec, label)}")];
    }
}
