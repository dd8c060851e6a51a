using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Gets the pictures a request refers to, before it is accepted: those of URLs into the store, those of files from it.</summary>
internal sealed class PictureReferences(PictureFetcher fetcher, Pictures pictures, IFileStore files, MPilotOptions options, TimeProvider time)
{
    /// <summary>Pictures of one request being fetched at a time.</summary>
    private const int Parallel = 4;

    /// <summary>What a caller is told about a file that is not there, another's, or expired.</summary>
    public static string NoSuchFile(string name) => $"{name} refers to a file that does not exist or has expired.";

    /// <summary>Fills in what the form refers to. A request with mistakes is refused anyway, and nothing is fetched for it.</summary>
    public async Task FetchAsync(EditForm form, Caller caller, CancellationToken cancellationToken)
    {
        if (form.Mistakes.Any)
        {
            return;
        }

        var waiting = form.Pictures.Where(p => p.Reference is not null).ToList();
        var results = new string?[waiting.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForEachAsync(
            waiting.Index(), limit, async (entry, token) => results[entry.Index] = await FetchAsync(entry.Item, caller, token));
        foreach (var (picture, mistake) in waiting.Zip(results).Where(p => p.Second is not null))
        {
            form.Mistakes.Add(ErrorCatalog.InvalidImageFileCode, picture.Name, mistake!);
        }
    }

    /// <summary>What is wrong with the reference, or <c>null</c>.</summary>
    private async Task<string?> FetchAsync(FormPicture picture, Caller caller, CancellationToken cancellationToken)
        => picture.Reference switch
        {
            PictureReference.Link link => await DownloadAsync(picture, link.Url, caller, cancellationToken),
            PictureReference.File file => await FindAsync(picture, file.Id, caller, cancellationToken),
            _ => null,
        };

    private async Task<string?> FindAsync(FormPicture picture, string id, Caller caller, CancellationToken cancellationToken)
    {
        var file = await files.FindAsync(caller.Tenant, id, time.GetUtcNow(), cancellationToken);
        picture.Stored = file?.Picture;
        return file is null ? NoSuchFile(picture.Name) : null;
    }

    private async Task<string?> DownloadAsync(FormPicture picture, Uri url, Caller caller, CancellationToken cancellationToken)
    {
        var upload = await pictures.BeginAsync(caller.Tenant, picture.Role, cancellationToken);
        picture.Upload = upload;
        var fetched = await fetcher.FetchAsync(url, upload, cancellationToken);
        if (fetched == PictureFetch.Complete)
        {
            return null;
        }

        picture.Upload = null;
        await upload.DisposeAsync();
        return fetched switch
        {
            PictureFetch.TooLarge => $"{picture.Name} is larger than {options.Pictures.MaxBytes} bytes.",
            PictureFetch.TimedOut => $"{picture.Name} could not be fetched in time.",
            _ => $"{picture.Name} could not be fetched: its URL must answer with the picture itself, from a public address.",
        };
    }
}
