namespace MPilot.Jobs.Api.Edits;

/// <summary>A file was deleted between being found and being used. The message is the name of the picture that refers to it.</summary>
internal sealed class FileGoneException : Exception
{
    public FileGoneException()
    {
    }

    public FileGoneException(string message)
        : base(message)
    {
    }

    public FileGoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
