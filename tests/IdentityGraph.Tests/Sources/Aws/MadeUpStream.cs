using System.Text;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>A listing that is made as it is read: as long as one likes, and nowhere whole.</summary>
internal sealed class MadeUpStream(IEnumerable<string> parts) : Stream
{
    private readonly IEnumerator<string> _parts = parts.GetEnumerator();
    private byte[] _part = [];
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Bytes handed out so far.</summary>
    public long Given { get; private set; }

    /// <param name="users">How many.</param>
    /// <param name="roles">How many.</param>
    /// <param name="documents">The inline policy of a user by its number.</param>
    public static IEnumerable<string> Account(int users, int roles, Func<int, string> documents)
    {
        yield return "{\"UserDetailList\":[";
        for (var n = 0; n < users; n++)
        {
            yield return $$$$"""{{{{(n == 0 ? "" : ",")}}}}{"Path":"/","UserName":"user{{{{n}}}}","UserId":"AIDA{{{{n}}}}","Arn":"arn:aws:iam::123456789012:user/user{{{{n}}}}","CreateDate":"2024-01-02T03:04:05Z","GroupList":[],"AttachedManagedPolicies":[],"UserPolicyList":[{"PolicyName":"own","PolicyDocument":{"Version":"2012-10-17","Statement":[{{{{documents(n)}}}}]}}]}""";
        }

        yield return "],\"GroupDetailList\":[],\"RoleDetailList\":[";
        for (var n = 0; n < roles; n++)
        {
            yield return $$$$"""{{{{(n == 0 ? "" : ",")}}}}{"Path":"/","RoleName":"role{{{{n}}}}","RoleId":"AROA{{{{n}}}}","Arn":"arn:aws:iam::123456789012:role/role{{{{n}}}}","CreateDate":"2024-01-02T03:04:05Z","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]},"InstanceProfileList":[],"RolePolicyList":[],"AttachedManagedPolicies":[]}""";
        }

        yield return "],\"Policies\":[]}";
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == _part.Length)
        {
            if (!_parts.MoveNext())
            {
                return 0;
            }

            (_part, _at) = (Encoding.UTF8.GetBytes(_parts.Current), 0);
        }

        var length = Math.Min(buffer.Length, _part.Length - _at);
        _part.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        Given += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _parts.Dispose();
        base.Dispose(disposing);
    }
}
