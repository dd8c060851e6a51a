using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>What an error of the storage account means to those who call the store.</summary>
internal static class BlobErrors
{
    /// <summary>Unreachable, refusing, too slow: all of it may pass.</summary>
    /// <param name="error">What a call threw.</param>
    /// <param name="cancellationToken">The call's: what it canceled is no fault of the account.</param>
    public static bool IsUnavailable(Exception error, CancellationToken cancellationToken) => error switch
    {
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,

        // One error for each try of a call, or a try that took too long.
        AggregateException many => many.InnerExceptions.All(e => IsUnavailable(e, cancellationToken)),
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    public static StoreUnavailableException Unavailable(Exception error) => new(Said(error), CauseOf(error));

    /// <summary>There is no such blob, in a container that is there.</summary>
    public static bool IsGone(RequestFailedException error) => error.ErrorCode == BlobErrorCode.BlobNotFound;

    public static bool HasNoContainer(RequestFailedException error)
        => error.ErrorCode == BlobErrorCode.ContainerNotFound || error.ErrorCode == BlobErrorCode.ContainerBeingDeleted;

    /// <summary>There is a blob of that name already; whose, is another question. Its commit may have swept our blocks away.</summary>
    public static bool IsTaken(RequestFailedException error)
        => error.ErrorCode == BlobErrorCode.BlobAlreadyExists || error.ErrorCode == BlobErrorCode.ConditionNotMet || error.ErrorCode == BlobErrorCode.InvalidBlockList;

    /// <summary>The last try's, without what was wrapped around it: whoever reads the log has seen enough of the first ones.</summary>
    private static Exception CauseOf(Exception error) => error switch
    {
        AggregateException many => CauseOf(many.InnerExceptions[^1]),
        RequestFailedException { Status: 0, InnerException: { } unreachable } => unreachable,
        _ => error,
    };

    /// <summary>A word of our own: what the account says may repeat what it was sent.</summary>
    private static string Said(Exception error) => error switch
    {
        RequestFailedException { Status: 401 or 403 } refused => $"The blob container refuses the credential ({refused.Status} {refused.ErrorCode}).",
        RequestFailedException { Status: > 0 } failed => $"The blob container cannot be used ({failed.Status} {failed.ErrorCode}).",
        AuthenticationFailedException => "No identity could be had for the blob container.",
        _ => "The blob container cannot be reached.",
    };
}
