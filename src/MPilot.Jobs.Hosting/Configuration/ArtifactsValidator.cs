using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Storage.AzureBlob;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with where pictures are kept. What it says never holds a key or a signature.</summary>
internal static class ArtifactsValidator
{
    public const string Files = "files";
    public const string AzureBlob = "azure-blob";

    public const string OwnLinks = "own";
    public const string SasLinks = "sas";

    public static IEnumerable<OptionMistake> Validate(string root, ArtifactsOptions artifacts)
    {
        var mistakes = artifacts.Kind switch
        {
            Files => OfFiles(root, artifacts),
            AzureBlob => OfAzureBlob(root, artifacts),
            _ => [new($"{root}:Kind", $"must be {Files} or {AzureBlob}.")],
        };
        return mistakes
            .Concat(artifacts.Links is OwnLinks or SasLinks ? [] : [new OptionMistake($"{root}:Links", $"must be {OwnLinks} or {SasLinks}.")])
            .Concat(artifacts.MinFreeBytes < 0 ? [new OptionMistake($"{root}:MinFreeBytes", "must not be negative.")] : []);
    }

    private static IEnumerable<OptionMistake> OfFiles(string root, ArtifactsOptions artifacts)
    {
        if (artifacts.ConnectionString is not null)
        {
            yield return new($"{root}:ConnectionString", $"is for {AzureBlob} only; {Files} has Path.");
        }

        if (artifacts.ServiceUri is not null)
        {
            yield return new($"{root}:ServiceUri", $"is for {AzureBlob} only; {Files} has Path.");
        }

        if (artifacts.Links == SasLinks)
        {
            yield return new($"{root}:Links", $"can be {SasLinks} with {AzureBlob} only.");
        }
    }

    private static IEnumerable<OptionMistake> OfAzureBlob(string root, ArtifactsOptions artifacts)
        => Reaching(root, artifacts)
            .Concat(IsContainer(artifacts.Container)
                ? []
                : [new OptionMistake($"{root}:Container", "must be 3 to 63 small letters, digits and single hyphens, with no hyphen at the ends.")])
            .Concat(artifacts.Links == SasLinks && !HasKey(artifacts)
                ? [new OptionMistake($"{root}:Links", $"can be {SasLinks} only with a ConnectionString that holds the account's key.")]
                : []);

    private static IEnumerable<OptionMistake> Reaching(string root, ArtifactsOptions artifacts)
    {
        if (artifacts.ServiceUri is null == artifacts.ConnectionString is null)
        {
            yield return new($"{root}:ConnectionString", "must be given, or ServiceUri in its place, and not both.");
        }

        if (artifacts.ConnectionString is { } text && !BlobContainer.IsConnectionString(text))
        {
            yield return new(
                $"{root}:ConnectionString", "must be like AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net, as the account shows it, or with SharedAccessSignature=….");
        }

        if (artifacts.ServiceUri is { } service && !IsEndpoint(service))
        {
            yield return new(
                $"{root}:ServiceUri",
                "must be an https URL without user or fragment, such as https://account.blob.core.windows.net, and with no query but a shared access signature.");
        }
    }

    /// <summary>Without TLS no identity is shown to anybody, and a signature only to an emulator.</summary>
    private static bool IsEndpoint(Uri service)
        => (service.Scheme == Uri.UriSchemeHttps || (service.Scheme == Uri.UriSchemeHttp && service.IsLoopback && BlobContainer.IsSigned(service)))
            && service.UserInfo.Length + service.Fragment.Length == 0
            && (service.Query.Length == 0 || BlobContainer.IsSigned(service));

    private static bool HasKey(ArtifactsOptions artifacts)
        => artifacts.ConnectionString is { } text && BlobContainer.IsConnectionString(text) && BlobContainer.HasKey(text);

    private static bool IsContainer(string name)
        => name.Length is >= 3 and <= 63
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
}
