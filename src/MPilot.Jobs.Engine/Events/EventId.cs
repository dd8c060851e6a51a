using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MPilot.Jobs.Engine.Events;

/// <summary>The id of an event, made of its job and its place there: whoever delivers it again, after whatever crash, gives it the same one.</summary>
/// <param name="Value">A UUID of version 8 (RFC 9562), from a SHA-256.</param>
public readonly record struct EventId(Guid Value)
{
    private const int Length = 16;

    public static EventId Of(string job, long sequence)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{job}/{sequence}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(new Guid(hash.AsSpan(0, Length), bigEndian: true));
    }

    /// <summary><c>evt_</c> and 32 hexadecimal digits.</summary>
    public override string ToString() => "evt_" + Value.ToString("N");
}
