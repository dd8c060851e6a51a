using System.Globalization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>The pictures of one call as files at Replicate, which models fetch by link. Those not deleted here expire there after a day.</summary>
internal sealed class ReplicateFiles(ReplicateApi api, string secret, IDriverIo io, TimeProvider time)
{
    private const int LongestLink = 2048;

    /// <summary>Deleting is a courtesy that nobody waits for any longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<string> _ids = [];
    private readonly Dictionary<EditPicture, string> _links = [];

    /// <summary>Where each picture can be fetched.</summary>
    public IReadOnlyDictionary<EditPicture, string> Links => _links;

    /// <summary>Uploads the pictures of an edit, one after the other.</summary>
    /// <returns>Why one could not be, or <c>null</c> when all are there. Nothing is bought by this, whatever happens.</returns>
    public async Task<AttemptFailure?> AddAsync(EditSpec spec, CancellationToken cancellationToken)
    {
        EditPicture[] all = spec.Mask is { } mask ? [.. spec.Images, mask] : [.. spec.Images];
        foreach (var picture in all.Where(picture => !_links.ContainsKey(picture)))
        {
            if (await AddAsync(picture, cancellationToken) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Deletes what was uploaded, as far as that works at once.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await Task.WhenAll(_ids.Select(id => api.TellAsync(api.Request(HttpMethod.Delete, $"files/{id}"), secret, limit.Token)));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // They expire.
        }
    }

    private async Task<AttemptFailure?> AddAsync(EditPicture picture, CancellationToken cancellationToken)
    {
        var form = new MultipartFormContent(io);
        form.AddPicture("content", string.Create(CultureInfo.InvariantCulture, $"picture-{_ids.Count + 1}.{picture.Facts.FormatName}"), picture.Artifact);
        var request = api.Request(HttpMethod.Post, "files");
        request.Content = form;
        var reply = await api.AskAsync(request, secret, io, cancellationToken);
        if (reply is ReplicateReply.Failed failed)
        {
            return failed.Failure.Kind is FailureKind.TimedOut ? failed.Failure with { Kind = FailureKind.Transient } : failed.Failure;
        }

        await using var json = ((ReplicateReply.Told)reply).Json;
        var link = json.Root.Member("urls")?.Member("get") is { } get ? json.Text(get) : null;
        if (ReplicatePrediction.IdOf(json) is not { } id || link is not { Length: <= LongestLink })
        {
            return new(FailureKind.Broken, Message: "The provider took a picture and did not say where it is.");
        }

        _ids.Add(id);
        _links[picture] = link;
        return null;
    }
}
