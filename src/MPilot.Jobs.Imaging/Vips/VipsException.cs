namespace MPilot.Jobs.Imaging.Vips;

/// <summary>An operation of libvips failed. The message is libvips' own.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    private const int MaxLength = 300;

    /// <summary>Takes the last error of the library.</summary>
    public static VipsException Last(string operation)
    {
        var text = VipsNative.TakeError();
        var message = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(text) ?? string.Empty;
        VipsNative.Free(text);
        var said = message.ReplaceLineEndings(" ").Trim();
        return new($"libvips could not {operation}: {(said.Length > MaxLength ? said[..MaxLength] : said)}");
    }
}
